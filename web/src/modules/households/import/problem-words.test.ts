import { IMPORT_PROBLEMS, ImportProblemCode } from '@tiejun/contract/households/import-problems.ts'
import { IMPORT_WORDING } from '@tiejun/contract/households/import-wording.ts'
import { expect, test } from 'vitest'
import { cardWords } from '../fields/card-words.ts'
import { valuesFor, whatVariants } from './problem-words.ts'
import { aProblem } from './testing.ts'

const names = Array.from({ length: 30 }, (_, at) => `选项${at + 1}`)
const words = cardWords(
  {
    pack: 'shangcai-2018',
    groups: [],
    enumerations: {
      many: {
        name: { zh: '很多', en: 'Many' },
        values: names.map((zh) => ({ code: zh, zh, en: zh, from: null, until: null })),
      },
    },
    povertyLines: [],
  },
  {
    language: 'zh-CN',
    convert: (text) => text,
    yes: '是',
    no: '否',
    unitName: (unit) => unit,
    untilYear: (label) => label,
  },
)

test('every problem a workbook can have is worded, and no wording is left over', () => {
  expect(Object.keys(IMPORT_WORDING).toSorted()).toEqual(Object.keys(IMPORT_PROBLEMS).toSorted())
  expect(ImportProblemCode.options.length).toBeGreaterThan(80)
})

test('money is filled in as yuan, lists are joined, what is not known is left out', () => {
  const params = { declaredFen: 123_450, townships: ['黄埠镇', '杨集镇'], empty: [], nothing: null }
  const values = valuesFor(aProblem({ params }), words, '、')
  expect(values).toEqual({
    header: '证件号码',
    sheet: '户卡',
    declaredYuan: '1,234.50',
    townships: '黄埠镇、杨集镇',
  })
})

test('the first values of a long enumeration show what is meant', () => {
  const { permitted } = valuesFor(aProblem({ params: { enumeration: 'many' } }), words, '、')
  expect(permitted?.startsWith('选项1、选项2、')).toBe(true)
  expect(permitted?.endsWith('选项20…')).toBe(true)
  expect(
    valuesFor(aProblem({ params: { enumeration: 'unheard' } }), words, '、')['permitted'],
  ).toBeUndefined()
})

test('a second head who is only in the registry, and a number of another household, are told apart', () => {
  expect(whatVariants(aProblem({ code: 'several_heads', params: { isInRegistry: true } }))[0]).toBe(
    'whatRegistry',
  )
  expect(whatVariants(aProblem({ code: 'several_heads', params: { isInRegistry: false } }))[0]).toBe('what')
  const repeated = aProblem({ code: 'id_number_repeated', params: { isSameHousehold: false } })
  expect(whatVariants(repeated)[0]).toBe('whatElsewhere')
})
