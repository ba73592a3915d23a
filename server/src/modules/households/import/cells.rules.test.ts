import { describe, expect, test } from 'vitest'
import type { CellValue } from '../../../platform/workbooks/index.ts'
import { choiceReader, choicesReader, yesNoReader } from './choice-cells.rules.ts'
import { readDay, readMonth, readYear } from './date-cells.rules.ts'
import { readDocument } from './document-cells.rules.ts'
import { readDecimal, readInteger, readMoney } from './number-cells.rules.ts'
import type { ParsedCell } from './parsed-cell.rules.ts'
import { codeReader, readAccount, textReader } from './text-cells.rules.ts'

// How a cell of a workbook is understood: what it means, whether it had to be written differently, or why not.

const TODAY = '2018-03-31'
const date = (iso: string): CellValue => ({ kind: 'date', iso })
const BLANK = '\\N'

/** "value", "value (kind)" or the code of the fault. */
const told = ({ text, fault, kind }: ParsedCell) =>
  fault === null ? `${text}${kind === null ? '' : ` (${kind})`}` : fault.code

type Case = [cell: CellValue, expected: string]

describe('a day', () => {
  test.each<Case>([
    ['1965-03-12', '1965-03-12'],
    ['1965.3.2', '1965-03-02 (date_form)'],
    ['1965年3月12日', '1965-03-12 (date_form)'],
    ['１９６５－03-12', 'not_a_date'],
    ['１９６５.3.12', '1965-03-12 (date_form)'],
    ['19650312', '1965-03-12 (date_form)'],
    [19650312, '1965-03-12 (date_form)'],
    [23813, '1965-03-12 (excel_date)'],
    ['23813', '1965-03-12 (excel_date)'],
    [date('1965-03-12T00:00:00'), '1965-03-12 (excel_date)'],
    ['2016-02-29', '2016-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['1900-02-29', 'not_a_date'],
    ['2015-02-29', 'not_a_date'],
    ['2015-04-31', 'not_a_date'],
    ['2015-12-31', '2015-12-31'],
    ['2015-00-10', 'not_a_date'],
    ['2015-13-10', 'not_a_date'],
    ['2015-10-00', 'not_a_date'],
    ['2018-04-01', 'date_in_future'],
    [' ', BLANK],
    [null, BLANK],
    ['去年', 'not_a_date'],
    [true, 'not_a_date'],
    [{ kind: 'error', code: '#REF!' }, 'formula_error'],
  ])('%j is %s', (cell, expected) => {
    expect(told(readDay(cell, TODAY))).toBe(expected)
  })

  test('is the same as the calendar says, for every day of four centuries', () => {
    for (let time = Date.UTC(1700, 0, 1); time < Date.UTC(2100, 0, 1); time += 86_400_000) {
      const iso = new Date(time).toISOString().slice(0, 10)
      expect(readDay(iso, '9999-12-31').text).toBe(iso)
    }
  })
})

describe('a month', () => {
  test.each<Case>([
    ['201412', '2014-12'],
    [201412, '2014-12 (month_form)'],
    ['2014-1', '2014-01 (month_form)'],
    ['2014年12月', '2014-12 (month_form)'],
    ['２０１４年１２月', '2014-12 (month_form)'],
    [date('2014-12-05'), '2014-12 (excel_date)'],
    [41_974, '2014-12 (excel_date)'],
    ['201413', 'not_a_month'],
    ['2009-12', 'too_small'],
    ['2031-01', 'too_big'],
    ['', BLANK],
  ])('%j is %s', (cell, expected) => {
    expect(told(readMonth(cell, 2010, 2030))).toBe(expected)
  })
})

describe('a year', () => {
  test.each<Case>([
    ['2017', '2017'],
    [2017, '2017'],
    ['2017年', '2017 (date_form)'],
    ['2017年度', '2017 (date_form)'],
    [date('2017-05-01'), '2017 (excel_date)'],
    ['17', 'not_a_year'],
    ['2009', 'too_small'],
    ['2031', 'too_big'],
  ])('%j is %s', (cell, expected) => {
    expect(told(readYear(cell, 2010, 2030))).toBe(expected)
  })
})

const WIDE = { minimum: 0, maximum: 1_000_000, scale: 2 }

describe('a number', () => {
  test.each<Case>([
    [3, '3'],
    ['3', '3'],
    ['３', '3 (number_form)'],
    [' 3 人', '3 (number_form)'],
    ['1,234', '1234 (number_form)'],
    [2.5, 'not_an_integer'],
    [-1, 'too_small'],
    [1_000_001, 'too_big'],
    ['—', `${BLANK} (number_form)`],
    ['无', `${BLANK} (number_form)`],
    ['三', 'not_a_number'],
    [date('2017-05-01'), 'not_a_number'],
    [{ kind: 'error', code: '#DIV/0!' }, 'formula_error'],
  ])('whole: %j is %s', (cell, expected) => {
    expect(told(readInteger(cell, WIDE))).toBe(expected)
  })

  test.each<Case>([
    [0.1 + 0.2, '0.3'],
    ['2.50亩', '2.5 (number_form)'],
    [1.005, 'too_many_decimals'],
  ])('with decimals: %j is %s', (cell, expected) => {
    expect(told(readDecimal(cell, WIDE))).toBe(expected)
  })

  test.each<Case>([
    [1234.5, '123450'],
    ['￥1,234.56元', '123456 (number_form)'],
    [0.29 * 100, '2900'],
    ['1.234', 'too_many_decimals'],
  ])('money in yuan becomes fen: %j is %s', (cell, expected) => {
    expect(told(readMoney(cell, WIDE))).toBe(expected)
  })
})

const CAUSES = [
  { code: 'illness', label: '因病', synonyms: ['生病', '大病'] },
  { code: 'disability', label: '因残', synonyms: [] },
  { code: 'school', label: '因学', synonyms: [] },
  { code: 'tekun', label: '特困(五保)', synonyms: ['五保户'] },
]

describe('a choice', () => {
  const readOne = choiceReader('main_cause', CAUSES)
  test.each<Case>([
    ['因病', 'illness'],
    [' 因病 ', 'illness (stray_spaces)'],
    ['大病', 'illness (synonym)'],
    ['特困（五保）', 'tekun (synonym)'],
    ['特困', 'tekun (synonym)'],
    ['因懒', 'unknown_value'],
    ['', BLANK],
  ])('%j is %s', (cell, expected) => {
    expect(told(readOne(cell))).toBe(expected)
  })

  test('a near word is suggested', () => {
    expect(readOne('因病致贫').fault?.params).toEqual({ enumeration: 'main_cause', suggestion: '因病' })
  })

  const readMany = choicesReader('other_causes', CAUSES, 2)
  test.each<Case>([
    ['因病', '{illness}'],
    ['因病、因残', '{illness,disability}'],
    ['因病；大病', 'repeated_value'],
    ['因病,因残,因学', 'too_many_values'],
    ['因病,因懒', 'unknown_value'],
  ])('several: %j is %s', (cell, expected) => {
    expect(told(readMany(cell))).toBe(expected)
  })

  const readAnswer = yesNoReader(['是', '有', 'Y', '√', '1', 'TRUE'], ['否', '无', 'N', '×', '0', 'FALSE'])
  test.each<Case>([
    ['是', 't'],
    ['否', 'f'],
    ['有', 't (yes_no)'],
    ['y', 't (yes_no)'],
    ['√', 't (yes_no)'],
    [1, 't (yes_no)'],
    [false, 'f (yes_no)'],
    ['也许', 'unknown_yes_no'],
  ])('yes or no: %j is %s', (cell, expected) => {
    expect(told(readAnswer(cell))).toBe(expected)
  })
})

describe('a text', () => {
  const readName = textReader(4, true)
  test.each<Case>([
    ['李明', '李明'],
    ['李\u3000明', '李明 (full_width)'],
    [' 李 明 ', '李明 (stray_spaces)'],
    ['欧阳修文章', 'too_long'],
    ['', BLANK],
  ])('name: %j is %s', (cell, expected) => {
    expect(told(readName(cell))).toBe(expected)
  })

  test('tabs and back-slashes reach the registry as they are', () => {
    expect(told(textReader(20, false)('东\\西'))).toBe('东\\\\西')
  })

  const readNumber = codeReader(22)
  test.each<Case>([
    ['41172200001', '41172200001'],
    ['４１１７２２', '411722 (full_width)'],
    [41172200001, '41172200001 (text_number)'],
    [4.1172200001e17, 'digits_lost'],
    ['4.11722E+17', 'digits_lost'],
  ])('number that is only compared: %j is %s', (cell, expected) => {
    expect(told(readNumber(cell))).toBe(expected)
  })

  test.each<Case>([
    [6217001234567890, 'digits_lost'],
    ['账号', 'bank_account_characters'],
    ['123', 'bank_account_length'],
    [null, BLANK],
  ])('bank account: %j is %s', (cell, expected) => {
    expect(told(readAccount(cell))).toBe(expected)
  })
})

describe('a document number', () => {
  /** Invented: order codes from 996 on are given to nobody. */
  const INVENTED = '411722196503129995'

  test('a number the spreadsheet made of it is refused, never rounded', () => {
    expect(readDocument(Number(INVENTED), true, TODAY)).toMatchObject({
      number: null,
      fault: { code: 'digits_lost' },
    })
  })

  test.each([
    ['41172219650312999', 'id_number_length'],
    ['41172219651312999X', 'id_number_date'],
    ['4117221965031299AX', 'id_number_characters'],
  ])('%s is refused: %s', (cell, code) => {
    expect(readDocument(cell, true, TODAY)).toMatchObject({ number: null, fault: { code } })
  })

  test('a number that follows no rule is taken as it is', () => {
    expect(readDocument('军字第 123号', false, TODAY)).toMatchObject({ number: '军字第123号', fault: null })
  })
})
