import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPart } from '../testing/render.tsx'
import { AppShell } from './AppShell.tsx'

const renderShell = (path: string) =>
  renderPart(
    <AppShell
      brand="系统"
      menu={[
        {
          id: 'work',
          label: '业务',
          entries: [
            { to: '/cards', label: '档案' },
            { to: '/cards/imports', label: '导入' },
          ],
        },
      ]}
      tools={<span>工具</span>}
    >
      <label>
        搜索
        <input type="search" />
      </label>
    </AppShell>,
    path,
  )

const currentIn = async () => {
  const [menu] = await screen.findAllByRole('navigation', { name: '主菜单' })
  return within(menu!)
    .getAllByRole('link', { current: 'page' })
    .map((link) => link.textContent)
}

test('the menu marks the one entry the page belongs to', async () => {
  const first = renderShell('/cards/42')
  expect(await currentIn()).toEqual(['档案'])
  first.unmount()
  renderShell('/cards/imports/7')
  expect(await currentIn()).toEqual(['导入'])
})

test('the slash key moves to the search field, but is a letter inside it', async () => {
  const { user } = renderShell('/cards')
  const field = await screen.findByRole('searchbox', { name: '搜索' })
  await user.keyboard('/')
  expect(field).toHaveFocus()
  expect(field).toHaveValue('')
  await user.keyboard('a/b')
  expect(field).toHaveValue('a/b')
})

test('the first link of the page leads past the menu', async () => {
  const { user } = renderShell('/cards')
  await screen.findByRole('main')
  await user.tab()
  expect(screen.getByRole('link', { name: '跳到正文' })).toHaveFocus()
  expect(screen.getByRole('main')).toHaveAttribute('id', 'content')
})
