import { expect, test } from 'vitest'
import { bulkVaultOf } from './bulk-vault.ts'
import { vaultOf } from './vault.ts'

const MASTER = Buffer.alloc(32, 9)
const vault = vaultOf(MASTER)
const bulk = bulkVaultOf(MASTER)

test('what the bulk vault seals, the vault reads, whatever the length', () => {
  for (let length = 0; length <= 80; length += 1) {
    const text = '证4117221965X'.repeat(10).slice(0, length)
    expect(vault.decrypt(Buffer.from(bulk.sealHex(text), 'hex'))).toBe(text)
  }
})

test('no two seals share their nonce, and an altered one is refused', () => {
  const seals = Array.from({ length: 2000 }, (_, index) => bulk.sealHex(`41172219650312${index}`))
  expect(new Set(seals.map((seal) => seal.slice(2, 26))).size).toBe(2000)
  const altered = Buffer.from(seals[700] ?? '', 'hex')
  altered[35] = (altered[35] ?? 0) ^ 1
  expect(() => vault.decrypt(altered)).toThrow()
})

test('hashes are those of the vault', () => {
  for (const text of ['', '411722196503129975', '证'.repeat(20), 'x'.repeat(300)]) {
    expect(bulk.lookupHashHex('id_number', text)).toBe(vault.lookupHash('id_number', text).toString('hex'))
    expect(bulk.lookupHashHex('bank_account', text)).toBe(
      vault.lookupHash('bank_account', text).toString('hex'),
    )
  }
})
