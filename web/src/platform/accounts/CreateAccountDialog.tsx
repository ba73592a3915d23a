import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Administrator } from '@tiejun/contract/platform/administrators.ts'
import { accountEndpoints, CreateAccountRequest } from '@tiejun/contract/platform/sign-in.ts'
import type { FieldProblem } from '@tiejun/contract/platform/errors.ts'
import { Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { call, problemOf } from '../../api/index.ts'
import { FaultBox } from '../../ui/FaultBox.tsx'
import { useShowFaults } from '../../ui/form/form-faults.ts'
import { useFieldWording } from '../../ui/problem-wording.ts'
import { PersonField } from './PersonField.tsx'
import type { ShownPassword } from './OneTimePasswordDialog.tsx'

interface Entered {
  username: string
  displayName: string
  personId?: string
  administrator?: Administrator
}

interface CreateAccountDialogProps {
  onClose: () => void
  onCreated: (shown: ShownPassword) => void
}

function useCreate(onCreated: CreateAccountDialogProps['onCreated']) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (entered: Entered) =>
      call(accountEndpoints.create, {
        body: {
          ...entered,
          administrator: entered.administrator ?? null,
          personId: entered.personId ?? null,
        },
      }),
    onSuccess: async (created, entered) => {
      await queries.invalidateQueries({ queryKey: [accountEndpoints.list.path] })
      onCreated({ username: entered.username.trim(), password: created.password })
    },
  })
}

/** The contract's own schema decides in the browser too, so that both sides refuse the same. */
const ruleOf = (schema: { safeParse: (value: unknown) => { success: boolean } }, message: string) => ({
  required: true,
  validator: (_: unknown, value: unknown) =>
    schema.safeParse(value ?? '').success ? Promise.resolve() : Promise.reject(new Error(message)),
})

/** Faults by field; a user name that is taken comes as already_exists with the field in its detail. */
function faultsOf(error: unknown, wordFault: (fault: FieldProblem) => string): Map<string, string> {
  const problem = problemOf(error)
  const taken = problem?.code === 'already_exists' ? problem.detail?.['field'] : undefined
  const faults = [...(problem?.fields ?? [])]
  if (typeof taken === 'string') faults.push({ path: taken, code: 'already_exists' })
  return new Map(faults.map((fault) => [fault.path, wordFault(fault)]))
}

export function CreateAccountDialog({ onClose, onCreated }: CreateAccountDialogProps) {
  const { t } = useTranslation('accounts')
  const [form] = Form.useForm<Entered>()
  const create = useCreate(onCreated)
  const wordFault = useFieldWording('accounts')
  const faults = faultsOf(create.error, wordFault)
  useShowFaults(form, faults, create.error)
  return (
    <Modal
      open
      title={t('create')}
      okText={t('form.save')}
      okButtonProps={{ loading: create.isPending, htmlType: 'submit', form: 'create-account' }}
      onCancel={onClose}
    >
      <Form id="create-account" form={form} layout="vertical" onFinish={(entered) => create.mutate(entered)}>
        {create.error === null ? null : <FaultBox error={create.error} />}
        <PersonField onPicked={(person) => form.setFieldValue('displayName', person.name)} />
        <Form.Item
          name="username"
          label={t('form.username')}
          extra={t('form.usernameHint')}
          rules={[ruleOf(CreateAccountRequest.shape.username, t('form.usernameFault'))]}
          validateTrigger="onBlur"
        >
          <Input autoComplete="off" maxLength={32} />
        </Form.Item>
        <Form.Item
          name="displayName"
          label={t('form.displayName')}
          rules={[ruleOf(CreateAccountRequest.shape.displayName, t('form.displayNameFault'))]}
          validateTrigger="onBlur"
        >
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="administrator" label={t('form.administrator')}>
          <Select
            allowClear
            placeholder={t('administrators.none')}
            options={Administrator.options.map((value) => ({ value, label: t(`administrators.${value}`) }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
