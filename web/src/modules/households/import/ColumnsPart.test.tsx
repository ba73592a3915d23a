import { screen, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { beforeEach, expect, test } from 'vitest'
import { answerBy } from '../../../testing/server.ts'
import { aColumn, aFaultyImport, anImport, answerCardWords, renderImport } from './testing.ts'

beforeEach(answerCardWords)

const columns = [
  aColumn(),
  aColumn({ letters: 'B', header: '工资收入', field: 'incomeYear.wageFen' }),
  aColumn({ letters: 'C', header: '家庭人口', field: 'household.memberCount', use: 'compared' }),
  aColumn({ letters: 'D', header: '备注二', field: null, use: 'unknown', filled: 1_234 }),
  aColumn({ letters: 'E', header: '户编号', use: 'duplicate' }),
  aColumn({ letters: null, header: '姓名', field: 'member.name', use: 'missing_required', filled: 0 }),
  aColumn({ letters: null, header: '健康状况', field: 'member.health', use: 'missing', filled: 0 }),
]

test('columns to look at come first, each with what is done about it', async () => {
  renderImport(anImport({ columns }), 'columns')
  const look = within(await screen.findByRole('region', { name: '请看一眼这些列' }))
  const unknown = within(look.getByRole('row', { name: /备注二/ }))
  for (const text of ['D', '不认识，不导入', '改成户卡上的名称就能认出来', '1,234'])
    expect(unknown.getByText(text)).toBeVisible()
  expect(look.getByRole('row', { name: /重复的列，不导入/ })).toBeVisible()
  const missing = within(look.getByRole('row', { name: /姓名/ }))
  expect(missing.getByText('必须有，文件里没有')).toBeVisible()
  expect(missing.getByText('请补上这一列')).toBeVisible()
})

test('what was recognised is counted and named as on the card; what the file lacks is only listed', async () => {
  renderImport(anImport({ columns }), 'columns')
  const recognised = within(await screen.findByRole('region', { name: '认出的列' }))
  expect(recognised.getByText('认出 2 列，会导入登记册；1 列只用来核对。')).toBeVisible()
  expect(within(recognised.getByRole('row', { name: /工资收入/ })).getByText('工资性收入')).toBeVisible()
  expect(within(recognised.getByRole('row', { name: /家庭人口/ })).getByText('只核对')).toBeVisible()
  // What needs no explanation has none, not even the name of one.
  const [plain] = recognised.getAllByText('导入', { selector: '.tj-tag' })
  expect(plain?.parentElement).toHaveTextContent(/^导入$/)
  expect(recognised.queryByText('备注二')).toBeNull()
  const missing = within(screen.getByRole('region', { name: '文件里没有的项目' }))
  expect(missing.getByText('健康状况')).toBeVisible()
  expect(missing.queryByText('姓名')).toBeNull()
})

test('a file of several sheets says on which one a column stands', async () => {
  const template = [aColumn({ sheet: '户' }), aColumn({ sheet: '人', header: '姓名' })]
  renderImport(anImport({ layout: 'template', columns: template }), 'columns')
  const recognised = within(await screen.findByRole('region', { name: '认出的列' }))
  expect(recognised.getByRole('columnheader', { name: '工作表' })).toBeVisible()
})

const withoutYear = aFaultyImport({
  incomeYear: null,
  columns,
  allowedActions: ['check', 'discard'],
  problemGroups: [{ code: 'income_year_unknown', severity: 'error', sheet: null, header: null, count: 1 }],
})

test('a year that the file does not tell is asked for, and the check begins anew with it', async () => {
  const bodies: unknown[] = []
  const { user } = renderImport(withoutYear)
  answerBy(importEndpoints.check, ({ body }) => {
    bodies.push(body)
    return anImport({ status: 'checking', allowedActions: ['cancel'] })
  })
  const question = within(await screen.findByRole('region', { name: '收入是哪一年的？' }))
  const ok = question.getByRole('button', { name: '按这个年度检查' })
  expect(ok).toBeDisabled()
  await user.click(question.getByLabelText('收入年度'))
  await user.click(await screen.findByTitle('2016 年'))
  await user.click(ok)
  expect(bodies).toEqual([{ incomeYear: 2016 }])
})

test('a year read from a title can be put right; one that stands in each row cannot', async () => {
  const first = renderImport(anImport(), 'columns')
  const box = within(await screen.findByRole('region', { name: '收入年度' }))
  expect(box.getByText(/收入年度不对时，可以在这里改/)).toBeVisible()
  expect(box.getByRole('button', { name: '按这个年度检查' })).toBeDisabled()
  first.unmount()
  const ofRows = aColumn({ letters: 'B', header: '年度', field: 'incomeYear.year' })
  renderImport(anImport({ columns: [aColumn(), ofRows] }), 'columns')
  await screen.findByRole('region', { name: '认出的列' })
  expect(screen.queryByRole('region', { name: '收入年度' })).toBeNull()
})
