import { expect, test } from 'vitest'
import { newProblems } from './card-fields.rules.ts'
import { changesOf, keyed, withoutMasked } from './changes.rules.ts'
import { gramsOf, readSearch } from './searches.rules.ts'

test('a change names the fields that differ, before and after; left out stays, null empties', () => {
  const standing = { address: '村东', bankName: '农信社', otherCauses: ['illness'], exitYear: null }
  const asked = { address: '村西', bankName: null, otherCauses: ['illness'], exitYear: undefined }
  expect(changesOf(standing, asked)).toEqual({
    names: ['address', 'bankName'],
    before: { address: '村东', bankName: '农信社' },
    after: { address: '村西', bankName: null },
  })
})

test('the order of several causes is part of what was entered', () => {
  expect(changesOf({ otherCauses: ['a', 'b'] }, { otherCauses: ['b', 'a'] }).names).toEqual(['otherCauses'])
})

test('a value handed back as it was shown masked is no change; an unmasked one may be emptied', () => {
  const mask = (name: string, value: unknown) => (name === 'phone' ? '139****5678' : value)
  const standing = { phone: '13912345678', name: '张三' }
  expect(withoutMasked(standing, { phone: '139****5678', name: '张三' }, mask)).toEqual({ name: '张三' })
  expect(withoutMasked(standing, { phone: null, name: '李四' }, mask)).toEqual({ phone: null, name: '李四' })
})

test('fields stand in the audit with their kind of record', () => {
  expect(keyed('member', { phone: '1' })).toEqual({ 'member.phone': '1' })
})

test('what was wrong before does not hinder, unless the wrong field itself was changed', () => {
  const old = { path: 'exitYear', code: 'exit_year_missing' } as const
  const fresh = { path: 'otherCauses', code: 'causes_repeat' } as const
  expect(newProblems([old], [old, fresh])).toEqual([fresh])
  expect(newProblems([old], [old], ['exitYear'])).toEqual([old])
  expect(newProblems([old], [])).toEqual([])
})

test.each([
  ['王', 'name', '王'],
  [' 王 秀兰 ', 'name', '王秀兰'],
  ['41172220080229999x', 'id_number', '41172220080229999X'],
  ['４１１７２２１９７００１０１９９８１', 'id_number', '411722197001019981'],
  ['41172219700101998141', 'id_number', '41172219700101998141'],
  ['41172219700101998141b1', 'id_number', '41172219700101998141B1'],
  ['999x', 'last_four', '999X'],
  ['1234', 'last_four', '1234'],
  ['123', 'number', '123'],
  ['41172200001', 'number', '41172200001'],
  ['0396-6921234', 'number', '0396-6921234'],
])('%s is searched as %s', (typed, kind, text) => {
  expect(readSearch(typed)).toEqual({ kind, text })
})

test.each([
  ['王', ['王']],
  ['王秀', ['王秀']],
  ['王秀兰', ['王秀', '秀兰']],
  ['欧阳建国', ['欧阳', '阳建', '建国']],
  ['兰兰兰', ['兰兰']],
  ['𠮷田', ['𠮷田']],
])('%s is looked up as %o', (name, grams) => {
  expect(gramsOf(name)).toEqual(grams)
})
