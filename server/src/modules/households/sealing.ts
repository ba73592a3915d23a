import { maskIdNumber } from '@tiejun/contract/standards/masks.ts'
import type { Vault } from '../../platform/personal-data/vault.ts'

const PERSON_CHARACTERS = 18

/**
 * What a document number is found by: the person's 18 characters, so that an ID card and a disability card of one
 * person meet; any other document by the whole of it.
 */
export const personNumberOf = (documentNumber: string): string => documentNumber.slice(0, PERSON_CHARACTERS)

/** Columns of a document number: sealed for reading, hashed for looking up as a whole and by its last four. */
export interface SealedIdNumber {
  id_no_sealed: Buffer | null
  id_no_hash: Buffer | null
  id_no_tail_hash: Buffer | null
}

/** Seals a normalised document number (readDocumentNumber); the last four are those of the person's number. */
export function sealIdNumber(vault: Vault, documentNumber: string | null): SealedIdNumber {
  if (!documentNumber) return { id_no_sealed: null, id_no_hash: null, id_no_tail_hash: null }
  const person = personNumberOf(documentNumber)
  return {
    id_no_sealed: vault.encrypt(documentNumber),
    id_no_hash: vault.lookupHash('id_number', person),
    id_no_tail_hash: vault.lookupHash('id_number_tail', person.slice(-4)),
  }
}

export interface SealedBankAccount {
  bank_account_sealed: Buffer | null
  bank_account_hash: Buffer | null
}

export const sealBankAccount = (vault: Vault, account: string | null): SealedBankAccount =>
  account
    ? {
        bank_account_sealed: vault.encrypt(account),
        bank_account_hash: vault.lookupHash('bank_account', account),
      }
    : { bank_account_sealed: null, bank_account_hash: null }

/** A sealed document number as lists show it. */
export const maskedIdNumber = (vault: Vault, sealed: Buffer | null): string | null =>
  sealed && maskIdNumber(vault.decrypt(sealed))
