import { screen, waitFor, within } from '@testing-library/react'
import { Form, Input } from 'antd'
import { Link } from 'react-router'
import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../api/index.ts'
import { ERROR_STATUS, type ErrorCode, type FieldProblem } from '@tiejun/contract/platform/errors.ts'
import { renderPart } from '../../testing/render.tsx'
import { SectionForm, type Version } from './SectionForm.tsx'

interface Housing {
  area: string
  note: string
  roof: string
}

const saved: Housing = { area: '80', note: '漏水', roof: '瓦' }

const problem = (code: ErrorCode, fields?: FieldProblem[]) =>
  new ProblemError({ type: 'urn', title: code, status: ERROR_STATUS[code], code, requestId: 'r', fields })

function renderForm(
  onSave: (values: Housing, version: Version) => Promise<unknown>,
  current: { values: Housing; version: Version } = { values: saved, version: 1 },
) {
  return renderPart(
    <>
      <Link to="/elsewhere">去别处</Link>
      <SectionForm<Housing>
        title="住房"
        values={saved}
        version={1}
        mayEdit
        view={<p>面积 80</p>}
        fields={[
          { path: 'area', label: '面积' },
          { path: 'note', label: '说明' },
          { path: 'roof', label: '屋顶' },
        ]}
        onSave={onSave}
        loadCurrent={() => Promise.resolve(current)}
      >
        {(['area', 'note', 'roof'] as const).map((name, index) => (
          <Form.Item key={name} name={name} label={['面积', '说明', '屋顶'][index]}>
            <Input />
          </Form.Item>
        ))}
      </SectionForm>
    </>,
  )
}

type User = ReturnType<typeof renderForm>['user']

async function edit(user: User, label: string, text: string) {
  const field = await screen.findByLabelText(label)
  await user.clear(field)
  await user.type(field, text)
}

const startEditing = async (user: User) => user.click(await screen.findByRole('button', { name: '编辑住房' }))

test('a section reads as facts until it is edited, and is saved with the version it began with', async () => {
  const onSave = vi.fn(() => Promise.resolve())
  const { user } = renderForm(onSave)
  expect(await screen.findByText('面积 80')).toBeVisible()
  await startEditing(user)
  await edit(user, '面积', '96')
  await user.click(screen.getByRole('button', { name: '保存' }))
  expect(await screen.findByText('住房：已保存')).toBeVisible()
  expect(onSave).toHaveBeenCalledExactlyOnceWith({ area: '96', note: '漏水', roof: '瓦' }, 1)
  expect(screen.getByText('面积 80')).toBeVisible()
})

test('Ctrl+S saves', async () => {
  const onSave = vi.fn(() => Promise.resolve())
  const { user } = renderForm(onSave)
  await startEditing(user)
  await edit(user, '面积', '96')
  await user.keyboard('{Control>}s{/Control}')
  await waitFor(() => expect(onSave).toHaveBeenCalledOnce())
})

test('a fault of the server stands under its field; one of no field is named', async () => {
  const { user } = renderForm(() =>
    Promise.reject(
      problem('invalid_fields', [
        { path: 'area', code: 'too_big', params: { maximum: 9999 } },
        { path: 'village', code: 'required' },
      ]),
    ),
  )
  await startEditing(user)
  await edit(user, '面积', '9600')
  await user.click(screen.getByRole('button', { name: '保存' }))
  expect(await screen.findByText('超过上限 9999，请核对后修改')).toBeVisible()
  expect(screen.getByLabelText('面积')).toHaveAttribute('aria-invalid', 'true')
  expect(screen.getByText('village：请填写此项')).toBeVisible()
  expect(screen.getByLabelText('面积')).toHaveValue('9600')
})

test('leaving with unsaved work asks first; staying keeps the work, leaving lets go', async () => {
  const { user, router } = renderForm(() => Promise.resolve())
  await startEditing(user)
  await edit(user, '面积', '96')
  await user.click(screen.getByRole('link', { name: '去别处' }))
  await user.click(await screen.findByRole('button', { name: '继续编辑' }))
  expect(router.state.location.pathname).toBe('/here')
  expect(screen.getByLabelText('面积')).toHaveValue('96')
  await user.click(screen.getByRole('link', { name: '去别处' }))
  await user.click(await screen.findByRole('button', { name: '放弃修改并离开' }))
  expect(await screen.findByText('另一页')).toBeVisible()
})

test('leaving without changes asks nothing', async () => {
  const { user } = renderForm(() => Promise.resolve())
  await startEditing(user)
  await user.click(screen.getByRole('link', { name: '去别处' }))
  expect(await screen.findByText('另一页')).toBeVisible()
})

test('closing the window with unsaved work is held up, without it not', async () => {
  const { user } = renderForm(() => Promise.resolve())
  const isHeldUp = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  await startEditing(user)
  expect(isHeldUp()).toBe(false)
  await edit(user, '面积', '96')
  expect(isHeldUp()).toBe(true)
})

test('two edits of one section: each field is decided, nothing is overwritten unseen', async () => {
  const theirs = { area: '100', note: '已修', roof: '瓦' }
  const onSave = vi.fn((_: Housing, version: Version) =>
    version === 1 ? Promise.reject(problem('changed_meanwhile')) : Promise.resolve(),
  )
  const { user } = renderForm(onSave, { values: theirs, version: 2 })
  await startEditing(user)
  await edit(user, '面积', '96')
  await edit(user, '屋顶', '平')
  await user.click(screen.getByRole('button', { name: '保存' }))

  const dialog = await screen.findByRole('dialog', { name: '别人刚刚修改了同一内容' })
  // Only they changed the note, only I changed the roof: decided; both changed the area: not.
  expect(within(dialog).getByRole('radio', { name: '说明: 采用已保存的内容' })).toBeChecked()
  expect(within(dialog).getByRole('radio', { name: '屋顶: 采用您填写的内容' })).toBeChecked()
  await waitFor(() => expect(within(dialog).getByText('还有 1 项没有选择')).toBeVisible())
  expect(within(dialog).getByRole('button', { name: '按选择保存' })).toBeDisabled()

  await user.click(within(dialog).getByRole('radio', { name: '面积: 采用已保存的内容' }))
  await user.click(within(dialog).getByRole('button', { name: '按选择保存' }))
  await waitFor(() => expect(onSave).toHaveBeenLastCalledWith({ area: '100', note: '已修', roof: '平' }, 2))
  expect(await screen.findByText('住房：已保存')).toBeVisible()
})
