import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readBankAccount, satisfiesLuhn } from './bank-account.ts'
import { DOCUMENT_FAULT_WORDING, readDisabilityCard, readDocumentNumber } from './disability-card.ts'
import { ageOn, normaliseIdNumber, readIdNumber } from './id-number.ts'
import { maskBankAccount, maskIdNumber, maskPhone } from './masks.ts'
import { readPhone } from './phone.ts'

const pair = z.tuple([z.string(), z.string()])
const vectors = z
  .object({
    gb11643: z.object({
      valid: z.array(z.string()),
      valid_synthetic_411722: z.array(z.string()),
      invalid: z.array(pair),
    }),
    disability_card: z.object({ valid: z.array(z.string()), invalid: z.array(pair) }),
    luhn: z.object({ valid_synthetic: z.array(z.string()), invalid: z.array(z.string()) }),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/vectors.json'), 'utf8')))

const TODAY = '2026-11-24'
const SHANGCAI = { code: '0396', digits: 7 }

describe('citizen identity numbers (GB 11643)', () => {
  for (const idNumber of [...vectors.gb11643.valid, ...vectors.gb11643.valid_synthetic_411722]) {
    test(`${idNumber} is valid`, () =>
      expect(readIdNumber(idNumber, TODAY)).toMatchObject({ ok: true, idNumber }))
  }

  const faults: Record<string, string> = {
    checksum: 'checksum',
    '30 Feb, checksum correct': 'birth_date',
    'future birth date, checksum correct': 'future_birth_date',
    length: 'length',
    charset: 'charset',
  }
  for (const [idNumber, reason] of vectors.gb11643.invalid) {
    test(`${idNumber} is refused: ${reason}`, () => {
      expect(readIdNumber(idNumber, TODAY)).toEqual({ ok: false, fault: faults[reason] })
    })
  }

  test('every single wrong digit and every swap of unlike neighbours is found', () => {
    const right = '411722196503129975'
    for (let place = 0; place < 17; place++) {
      for (const digit of '0123456789') {
        const wrong = right.slice(0, place) + digit + right.slice(place + 1)
        if (wrong !== right) expect(readIdNumber(wrong, TODAY).ok, wrong).toBe(false)
      }
      const swapped = right.slice(0, place) + right[place + 1] + right[place] + right.slice(place + 2)
      if (swapped !== right) expect(readIdNumber(swapped, TODAY).ok, swapped).toBe(false)
    }
  })

  test('tells birth date, sex and place', () => {
    const facts = { birthOn: '1965-03-12', sex: 'male', regionCode: '411722' }
    expect(readIdNumber('411722196503129975', TODAY)).toMatchObject(facts)
    expect(readIdNumber('411722197001019981', TODAY)).toMatchObject({ birthOn: '1970-01-01', sex: 'female' })
  })

  test('accepts full-width digits, spaces and a small x, and stores them one way', () => {
    expect(normaliseIdNumber(' ４１１７２２ 20080229\u3000999x\u200B')).toBe('41172220080229999X')
    expect(readIdNumber('41172220080229999x', TODAY)).toMatchObject({
      ok: true,
      idNumber: '41172220080229999X',
    })
  })

  test('a birth date is in the future only by the day handed in', () => {
    expect(readIdNumber('411722209912319972', '2099-12-30')).toEqual({
      ok: false,
      fault: 'future_birth_date',
    })
    expect(readIdNumber('411722209912319972', '2099-12-31').ok).toBe(true)
  })

  test('a number that a spreadsheet rounded, and one that starts with 0, are named as such', () => {
    expect(readIdNumber('4.11722E+17', TODAY)).toEqual({ ok: false, fault: 'spreadsheet_number' })
    expect(readIdNumber('011722196503129975', TODAY)).toEqual({ ok: false, fault: 'region' })
    expect(readIdNumber('411722170003129975', TODAY)).toEqual({ ok: false, fault: 'birth_date' })
  })
})

test('age counts full years', () => {
  for (const [birthOn, day, age] of [
    ['2000-05-10', '2018-05-09', 17],
    ['2000-05-10', '2018-05-10', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2026-11-24', '2026-11-24', 0],
  ] as const) {
    expect(ageOn(birthOn, day), `${birthOn} ${day}`).toBe(age)
  }
})

describe('disability cards', () => {
  for (const card of vectors.disability_card.valid) {
    test(`${card} is valid`, () => {
      const facts = {
        ok: true,
        disabilityType: 'limbs',
        disabilityGrade: 'three',
        idNumber: '411722196503129975',
      }
      expect(readDisabilityCard(card, TODAY)).toMatchObject({
        ...facts,
        reissue: card.endsWith('B1') ? 1 : 0,
      })
    })
  }

  const faults: Record<string, string> = {
    'type 8': 'disability_type',
    'grade 5': 'disability_grade',
    'ID checksum': 'checksum',
  }
  for (const [card, reason] of vectors.disability_card.invalid) {
    test(`${card} is refused: ${reason}`, () => {
      expect(readDisabilityCard(card, TODAY)).toEqual({ ok: false, fault: faults[reason] })
    })
  }

  test('the re-issue mark is B1 to B9, and every fault has Chinese wording', () => {
    expect(readDisabilityCard('41172219650312997543B0', TODAY)).toEqual({ ok: false, fault: 'reissue' })
    expect(readDisabilityCard('41172219650312997543B', TODAY)).toEqual({ ok: false, fault: 'length' })
    expect(readDisabilityCard('4.11722E+19', TODAY)).toEqual({ ok: false, fault: 'spreadsheet_number' })
    for (const { wrong, remedy } of Object.values(DOCUMENT_FAULT_WORDING))
      expect(wrong + remedy).toMatch(/^[^\d]*\p{Script=Han}/u)
  })

  test('a document is read by its length', () => {
    expect(readDocumentNumber('411722196503129975', TODAY)).toMatchObject({ ok: true, disability: null })
    expect(readDocumentNumber('41172219650312997543b1', TODAY)).toMatchObject({
      documentNumber: '41172219650312997543B1',
      birthOn: '1965-03-12',
      disability: { disabilityType: 'limbs' },
    })
    expect(readDocumentNumber('4117221965031299754', TODAY)).toEqual({ ok: false, fault: 'length' })
  })
})

describe('bank accounts', () => {
  test('card numbers satisfy Luhn, others are warned about but kept', () => {
    for (const account of vectors.luhn.valid_synthetic)
      expect(readBankAccount(account)).toEqual({ ok: true, account, warning: null })
    for (const account of vectors.luhn.invalid)
      expect(readBankAccount(account)).toEqual({ ok: true, account, warning: 'luhn' })
    expect(satisfiesLuhn('79927398713')).toBe(true)
    expect(readBankAccount('6228 4800 0000 0000 000')).toMatchObject({ account: '6228480000000000000' })
  })

  test('a passbook has no check digit; letters, lengths and rounded numbers are refused', () => {
    expect(readBankAccount('1234567890123')).toEqual({ ok: true, account: '1234567890123', warning: null })
    expect(readBankAccount('62284800abc')).toEqual({ ok: false, fault: 'charset' })
    expect(readBankAccount('1234')).toEqual({ ok: false, fault: 'length' })
    expect(readBankAccount('6.22848E+18')).toEqual({ ok: false, fault: 'spreadsheet_number' })
  })
})

test('phones are read and written one way', () => {
  for (const [raw, phone] of [
    ['13800001234', '13800001234'],
    [' 138 0000 1234 ', '13800001234'],
    ['＋８６13800001234', '13800001234'],
    ['138-0000-1234', '13800001234'],
    ['03961234567', '0396-1234567'],
    ['(0396)1234567', '0396-1234567'],
    ['0396—1234567', '0396-1234567'],
    ['010-12345678', '010-12345678'],
    ['12800001234', null],
    ['1380000123', null],
    ['0396-12345678', null],
    ['0396-123456', null],
    ['1234567', null],
    ['', null],
  ] as const) {
    const reading = readPhone(raw, SHANGCAI)
    expect(reading.ok ? reading.phone : null, raw).toBe(phone)
  }
})

test('masks keep lengths and hide birth dates, disability and the middle of numbers', () => {
  expect(maskIdNumber('411722196503129975')).toBe('4117**********9975')
  expect(maskIdNumber('41172219650312997543B1')).toBe('4117**********9975****')
  expect(maskIdNumber('A1234567')).toBe('********')
  expect(maskPhone('13800001234')).toBe('138****1234')
  expect(maskPhone('0396-1234567')).toBe('0396-***4567')
  expect(maskPhone('110')).toBe('***')
  expect(maskBankAccount('6228480000000000123')).toBe('***************0123')
  expect(maskBankAccount('1234567')).toBe('*******')
})
