import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOrMakeKey, vaultOf } from './vault.ts'

const vault = vaultOf(Buffer.alloc(32, 1))
const other = vaultOf(Buffer.alloc(32, 2))

test('what is sealed can be opened with the same key only, and never looks the same twice', () => {
  const sealed = vault.encrypt('41172219650312997X')
  expect(vault.decrypt(sealed)).toBe('41172219650312997X')
  expect(vault.encrypt('41172219650312997X').equals(sealed)).toBe(false)
  expect(sealed.includes('4117')).toBe(false)
  expect(() => other.decrypt(sealed)).toThrow()
})

test('a single altered byte is noticed', () => {
  const sealed = vault.encrypt('6230590000000000011')
  for (const place of [0, 5, 20, sealed.length - 1]) {
    const altered = Buffer.from(sealed)
    altered[place] = (altered[place] ?? 0) ^ 1
    expect(() => vault.decrypt(altered), String(place)).toThrow()
  }
})

test('numbers are found by a hash that depends on the key and on what it is for', () => {
  const hash = vault.lookupHash('id_number', '41172219650312997X')
  expect(vault.lookupHash('id_number', '41172219650312997X').equals(hash)).toBe(true)
  expect(other.lookupHash('id_number', '41172219650312997X').equals(hash)).toBe(false)
  expect(vault.lookupHash('bank_account', '41172219650312997X').equals(hash)).toBe(false)
})

test('the key is made once, readable by its owner only, also when two processes start at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tiejun-key-'))
  const file = join(folder, 'private', 'secret.key')
  const keys = await Promise.all([readOrMakeKey(file), readOrMakeKey(file), readOrMakeKey(file)])
  expect(keys.every((key) => key.length === 32 && key.equals(keys[0] ?? Buffer.of()))).toBe(true)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(Buffer.from(await readFile(file, 'utf8'), 'base64').equals(keys[0] ?? Buffer.of())).toBe(true)
  await rm(folder, { recursive: true })
})
