import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPart } from '../testing/render.tsx'
import { AsOfBar, withAsOf } from './AsOf.tsx'

test('a day typed takes the page to it, keeping filters and leaving the page of the list', async () => {
  const { user, router } = renderPart(<AsOfBar />, '/here?category=general_poor&after=abc')
  await user.type(await screen.findByLabelText('截至'), '2017年12月31日')
  await user.click(screen.getByRole('button', { name: '查看当时' }))
  expect(router.state.location.search).toBe('?category=general_poor&asOf=2017-12-31')
  expect(await screen.findByText('您正在看 2017-12-31 的档案，只读')).toBeVisible()
})

test('the banner leads back to now', async () => {
  const { user, router } = renderPart(<AsOfBar />, '/here?asOf=2017-12-31&sort=village')
  await user.click(await screen.findByRole('button', { name: '返回现在' }))
  expect(router.state.location.search).toBe('?sort=village')
  expect(screen.queryByText(/您正在看/)).toBeNull()
})

test('an instant is shown in the county’s time', async () => {
  renderPart(<AsOfBar />, '/here?asOf=2017-12-31T15:59:59.999Z')
  expect(await screen.findByText('您正在看 2017-12-31 23:59:59 的档案，只读')).toBeVisible()
})

test('what is no day cannot be asked for', async () => {
  const { user } = renderPart(<AsOfBar />)
  await user.type(await screen.findByLabelText('截至'), '2017-02-30')
  expect(screen.getByRole('button', { name: '查看当时' })).toBeDisabled()
})

test('a link keeps the time one looks at', () => {
  expect(withAsOf('/households', undefined)).toBe('/households')
  expect(withAsOf('/households?a=b', '2017-12-31')).toBe('/households?a=b&asOf=2017-12-31')
})
