import { describe, expect, test } from 'vitest'
import {
  checkHousehold,
  checkMember,
  checkStated,
  hasLeft,
  repeatedDocuments,
  settledMember,
} from './members.rules.ts'

const TODAY = '2018-04-02'
const MAN = '411722197001019981'
const aMember = (values: object) => ({
  relation: 'head',
  idType: 'resident_id',
  idNo: MAN,
  health: [],
  ...values,
})
const codes = (values: object) =>
  checkMember(aMember(values), TODAY).map(({ path, code }) => `${path} ${code}`)

describe('what is wrong with one member', () => {
  test.each([
    [{}, []],
    [{ idNo: null }, ['idNo id_number_missing']],
    [{ idNo: '411722197001019982' }, ['idNo id_number_checksum']],
    [{ idNo: '41172219700101998' }, ['idNo id_number_length']],
    [{ idNo: '41172219700230998X' }, ['idNo id_number_date']],
    [{ idNo: `${MAN}41` }, ['idNo id_number_type_differs']],
    [{ idType: 'disability_card', idNo: `${MAN}41` }, []],
    [{ idType: 'disability_card', idNo: MAN }, ['idNo id_number_type_differs']],
    [{ idType: 'disability_card', idNo: `${MAN}91` }, ['idNo disability_type_wrong']],
    [{ idType: 'disability_card', idNo: `${MAN}45` }, ['idNo disability_grade_wrong']],
    [{ idType: 'none', idNo: null }, []],
    [{ idType: 'none' }, ['idNo id_number_unexpected']],
    [{ idType: 'officer_card', idNo: '军字第123号' }, []],
    [{ health: ['healthy'] }, []],
    [{ health: ['chronic_illness', 'disabled'] }, []],
    [{ health: ['healthy', 'chronic_illness'] }, ['health healthy_excludes_others']],
    [{ birthOn: '2018-04-03' }, ['birthOn date_in_future']],
    [
      { schoolStatus: 'preschool_age', birthOn: '2008-01-01' },
      ['schoolStatus school_status_contradicts_age'],
    ],
    [{ schoolStatus: 'kindergarten', birthOn: '2013-01-01' }, []],
    [{ schoolStatus: 'primary', birthOn: '2015-01-01' }, ['schoolStatus school_status_contradicts_age']],
    [{ schoolStatus: 'primary', birthOn: '2010-01-01' }, []],
    [{ schoolStatus: 'not_at_school', birthOn: '2017-01-01' }, []],
  ])('%o: %o', (values, expected) => {
    expect(codes(values)).toEqual(expected)
  })
})

test('the number settles sex, birth date and disability, whatever stood there', () => {
  const settled = settledMember(
    { idType: 'disability_card', idNo: ` ${MAN}42b1 `, sex: 'female', disabilityGrade: 'four' },
    TODAY,
  )
  expect(settled).toMatchObject({
    idNo: `${MAN}42B1`,
    sex: 'female',
    birthOn: '1970-01-01',
    disabilityType: 'limbs',
    disabilityGrade: 'two',
  })
})

test('a stated value the number denies is told; one it does not tell is not', () => {
  const member = aMember({})
  expect(checkStated({ sex: 'male', birthOn: '1970-01-02', disabilityType: 'sight' }, member, TODAY)).toEqual(
    [
      { path: 'sex', code: 'sex_differs_from_id_number' },
      { path: 'birthOn', code: 'birth_differs_from_id_number' },
    ],
  )
  expect(checkStated({ sex: null, birthOn: '1970-01-01' }, member, TODAY)).toEqual([])
  expect(checkStated({ sex: 'male' }, aMember({ idType: 'none', idNo: null }), TODAY)).toEqual([])
})

const related = (id: string, relation: string, values: object = {}) => ({
  id,
  values: { relation, ...values },
})

test('faults of the members together name whom they mean', () => {
  const head = related('a', 'head', { sex: 'female' })
  expect(checkHousehold([head, related('b', 'son', { sex: 'male' })])).toEqual([])
  expect(checkHousehold([head, related('b', 'wifes_father')])).toEqual([
    { path: 'b', code: 'head_sex_contradicts_relation' },
  ])
  expect(checkHousehold([head, related('b', 'spouse', { sex: 'female' })])).toEqual([
    { path: 'b', code: 'spouse_same_sex_as_head' },
  ])
  expect(checkHousehold([related('b', 'son')])).toEqual([{ path: '', code: 'no_head' }])
  expect(checkHousehold([head, related('b', 'head')])).toEqual([{ path: '', code: 'several_heads' }])
})

test('who left takes no part, and a household everybody left has no faults', () => {
  const gone = related('b', 'head', { decreaseReason: 'death' })
  expect(hasLeft(gone.values)).toBe(true)
  expect(checkHousehold([related('a', 'head'), gone])).toEqual([])
  expect(checkHousehold([gone])).toEqual([])
})

test('children older than the head are doubtful, not impossible', () => {
  expect(
    checkHousehold([
      related('a', 'head', { birthOn: '1980-01-01' }),
      related('b', 'son', { birthOn: '1979-01-01' }),
    ]),
  ).toEqual([])
})

test('the same person twice is told of the second, by the person and not by the document', () => {
  const person = (no: string) => no.slice(0, 18)
  const members = [
    related('a', 'head', { idNo: MAN }),
    related('b', 'son', { idNo: `${MAN}41` }),
    related('c', 'son', { idNo: MAN, decreaseReason: 'death' }),
    related('d', 'son', { idNo: null }),
  ]
  expect(repeatedDocuments(members, person)).toEqual(['b'])
})
