import { validate, version } from 'uuid'
import { expect, test } from 'vitest'
import { idMaker } from './ids.ts'

test('made in numbers, ids are still UUIDv7, different, and sorted by time', () => {
  let instant = Date.parse('2018-04-02T01:00:00Z')
  const make = idMaker(() => instant)
  const first = Array.from({ length: 5000 }, make)
  instant += 1
  const later = Array.from({ length: 5000 }, make)
  expect(first.every((id) => validate(id) && version(id) === 7)).toBe(true)
  expect(new Set([...first, ...later]).size).toBe(10_000)
  expect(first.every((id) => later.every((other, at) => at > 50 || id < other))).toBe(true)
})
