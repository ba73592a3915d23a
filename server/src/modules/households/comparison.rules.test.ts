import { expect, test } from 'vitest'
import { type CardPart, differencesOf, type Mask } from './comparison.rules.ts'

const section = (values: Record<string, unknown>): CardPart => ({
  entity: 'household',
  section: 'identity',
  rowId: null,
  rowLabel: null,
  values,
})
const member = (rowId: string, values: Record<string, unknown>): CardPart => ({
  entity: 'member',
  section: 'members',
  rowId,
  rowLabel: String(values['name']),
  values,
})
/** Shows the last character only, and of birth dates nothing. */
const mask: Mask = (_, values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (name === 'birthOn') return [name, null]
      return [name, name === 'idNo' && typeof value === 'string' ? `*${value.slice(-1)}` : value]
    }),
  )

for (const [what, before, after, expected] of [
  ['what is the same', [section({ address: '一号' })], [section({ address: '一号' })], []],
  [
    'a changed value',
    [section({ address: '一号', tags: [] })],
    [section({ address: '二号', tags: [] })],
    [['identity', 'changed', [['household.address', '一号', '二号']]]],
  ],
  [
    'a value taken away',
    [section({ address: '一号' })],
    [section({ address: null })],
    [['identity', 'changed', [['household.address', '一号', null]]]],
  ],
  [
    'numbers a mask makes alike',
    [member('a', { name: '张三', idNo: '101' })],
    [member('a', { name: '张三', idNo: '201' })],
    [['members', 'changed', [['member.idNo', '*1', '*1']]]],
  ],
  [
    'a birth date that is not shown',
    [member('a', { name: '张三', birthOn: '1950-01-01' })],
    [member('a', { name: '张三', birthOn: '1950-01-02' })],
    [],
  ],
  [
    'a row that was not there, without its empty fields',
    [],
    [member('a', { name: '张三', phone: null, health: [] })],
    [['members', 'added', [['member.name', null, '张三']]]],
  ],
  [
    'a row that is gone',
    [member('a', { name: '张三', phone: null })],
    [],
    [['members', 'removed', [['member.name', '张三', null]]]],
  ],
  [
    'two rows that changed places',
    [member('a', { name: '张三' }), member('b', { name: '李四' })],
    [member('b', { name: '李四' }), member('a', { name: '张三' })],
    [],
  ],
] as const) {
  test(`differences tell of ${what}`, () => {
    const told = differencesOf(before, after, mask).map((one) => [
      one.section,
      one.change,
      one.fields.map(({ field, before: earlier, after: later }) => [field, earlier, later]),
    ])
    expect(told).toEqual(expected)
  })
}
