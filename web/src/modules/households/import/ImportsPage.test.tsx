import { screen, within } from '@testing-library/react'
import { importEndpoints } from '@tiejun/contract/households/import-endpoints.ts'
import { expect, test } from 'vitest'
import { renderApp } from '../../../testing/render.tsx'
import { answer } from '../../../testing/server.ts'
import { aFaultyImport, anImport, IMPORT_ID, importer } from './testing.ts'

test('every import says where it stands, what is wrong, who brought it, and leads to its page', async () => {
  const clean = anImport({ id: '018f0000-0000-7000-8000-0000000000c9', fileName: '杨集镇.xlsx' })
  answer(importEndpoints.list, { rows: [aFaultyImport(), clean], total: 2, next: null })
  renderApp('/household-imports', importer)
  const row = within(await screen.findByRole('row', { name: /黄埠镇户卡/ }))
  for (const text of ['已检查，待导入', '3 处错误', '1 处提醒', '40', '120', '张伟', '2026-11-24 09:30:00'])
    expect(row.getByText(text)).toBeVisible()
  expect(row.getByRole('link')).toHaveAttribute('href', `/household-imports/${IMPORT_ID}`)
  expect(within(screen.getByRole('row', { name: /杨集镇/ })).getByText('没有问题')).toBeVisible()
})

test('before the first import one is told where to begin', async () => {
  answer(importEndpoints.list, { rows: [], total: 0, next: null })
  renderApp('/household-imports', importer)
  expect(await screen.findByText('还没有导入过文件')).toBeVisible()
  expect(screen.getAllByRole('button', { name: '导入文件' }).length).toBeGreaterThan(0)
})
