import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PersonDetail } from '@tiejun/contract/organisation/persons.ts'
import { Form, Modal } from 'antd'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../api/index.ts'
import { FaultBox, Icon, useFieldWording, useNotices, useShowFaults } from '../../ui/index.ts'

/** A refusal of the organisation in its own words where there are some: what stands in the way and what to do. */
export function RefusalBox({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation('organisation')
  const detail = problemOf(error)?.detail
  const key = `organisation:refused.${String(detail?.['reason'])}`
  if (detail === undefined || !i18n.exists(key)) return <FaultBox error={error} />
  return (
    <div className="tj-fault-box" role="alert">
      <Icon name="warning" />
      <p>{t(key, detail)}</p>
    </div>
  )
}

interface DeedDialogProps<Values extends object> {
  title: string
  okText: string
  initialValues: Partial<Values>
  /** `done.<key>` of the messages, said when it is done. */
  done: 'added' | 'given' | 'ended' | 'moved'
  send: (values: Values) => Promise<PersonDetail>
  children: ReactNode
  onClose: () => void
}

/** One deed on a person or a post: asks for what it needs, says why it was refused, refreshes every page it changes. */
export function DeedDialog<Values extends object>(props: DeedDialogProps<Values>) {
  const { t } = useTranslation('organisation')
  const id = useId()
  const [form] = Form.useForm<Values>()
  const queries = useQueryClient()
  const notices = useNotices()
  const wordFault = useFieldWording('organisation')
  const deed = useMutation({
    mutationFn: props.send,
    onSuccess: async ({ person }) => {
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/organisation/'),
      })
      notices.done(t(`done.${props.done}`, { name: person.name }))
      props.onClose()
    },
  })
  const faults = problemOf(deed.error)?.fields ?? []
  useShowFaults(form, new Map(faults.map((fault) => [fault.path, wordFault(fault)])), deed.error)
  return (
    <Modal
      open
      title={props.title}
      okText={props.okText}
      okButtonProps={{ loading: deed.isPending, htmlType: 'submit', form: id }}
      onCancel={props.onClose}
    >
      <Form
        id={id}
        form={form}
        layout="vertical"
        // The border: antd wants every field optional, which these values are until they are sent.
        initialValues={props.initialValues}
        onFinish={(values: Values) => deed.mutate(values)}
      >
        {deed.error === null ? null : <RefusalBox error={deed.error} />}
        {props.children}
      </Form>
    </Modal>
  )
}
