import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import type { CardFieldInfo } from '@tiejun/contract/households/pack-card.ts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/index.ts'
import { Card } from '../../ui/Facts.tsx'
import type { FieldInfo } from '../../ui/form/ConflictDialog.tsx'
import { RecordEditor } from '../../ui/form/SectionForm.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { editable } from './card/record-editor.ts'
import { withReadableFaults } from './card/word-faults.ts'
import type { CardWords } from './fields/card-words.ts'
import { CardWordsProvider, useCardWords } from './fields/CardWordsProvider.tsx'
import { FieldItems, ReasonItem } from './fields/FieldItems.tsx'
import { enteredAmong, settledNames, type Values } from './fields/field-values.ts'
import './households.css'

/** A card that is entered, as the form holds it: the head is the first member. */
interface Entered {
  identity: Values
  status: Values
  members: [Values]
  reason?: string
}

const BLANK: Entered = { identity: {}, status: {}, members: [{ idType: 'resident_id' }] }

const NOT_FOR_A_HEAD = ['relation', 'increaseReason', 'decreaseReason'] as const

/** Every field of the form by its path in the request. */
function fieldsByPath(words: CardWords): Map<string, CardFieldInfo> {
  const under = (place: string, fields: readonly CardFieldInfo[]) =>
    fields.map((field) => [`${place}${field.name}`, field] as const)
  return new Map([
    ...under('identity.', editable(words.fieldsOf('identity'))),
    ...under('status.', editable(words.fieldsOf('status'))),
    ...under('members.0.', editable(words.fieldsOf('members'))),
  ])
}

const infosOf = (words: CardWords, fields: Map<string, CardFieldInfo>): FieldInfo[] =>
  [...fields].map(([path, field]) => ({ path, label: words.label(field) }))

function bodyOf(words: CardWords, { identity, status, members: [head], reason }: Entered) {
  const names = (section: 'identity' | 'status' | 'members') =>
    editable(words.fieldsOf(section)).map((field) => field.name)
  const settled = settledNames(head)
  const ofHead = enteredAmong(
    head,
    names('members').filter((name) => !settled.includes(name)),
  )
  return {
    identity: { householdNo: '', villageCode: '', ...enteredAmong(identity, names('identity')) },
    status: enteredAmong(status, names('status')),
    members: [{ name: '', idType: '', ...ofHead, relation: 'head' }],
    reason: reason?.trim() === '' ? undefined : reason,
  }
}

/** Goes to the new card once the form knows that it is saved, so that leaving it asks nothing. */
function useLeaveTo() {
  const navigate = useNavigate()
  const created = useRef<string>(undefined)
  const [target, setTarget] = useState<string>()
  useEffect(() => {
    if (target !== undefined) void navigate(target, { replace: true })
  }, [target, navigate])
  return {
    wasCreated: (id: string) => {
      created.current = id
    },
    leave: () =>
      created.current === undefined
        ? void navigate('/households')
        : setTarget(`/households/${created.current}`),
  }
}

function NewHouseholdForm() {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const fields = fieldsByPath(words)
  const { wasCreated, leave } = useLeaveTo()
  const save = async (entered: Entered) => {
    try {
      const card = await call(householdEndpoints.create, { body: bodyOf(words, entered) })
      wasCreated(card.id)
    } catch (error) {
      throw withReadableFaults(
        error,
        words,
        (given) => {
          const path = fields.has(given) ? given : given.replace(/\.\d+$/, '')
          const field = fields.get(path)
          return field && { path, field }
        },
        (path) => t(path.startsWith('members') ? 'sections.members' : 'sections.identity'),
      )
    }
  }
  return (
    <RecordEditor<Entered>
      title={t('new.title')}
      values={BLANK}
      version={null}
      fields={infosOf(words, fields)}
      namespace="households"
      onSave={save}
      // A card that is not there yet cannot have been changed by somebody else.
      loadCurrent={() => ({ values: BLANK, version: null })}
      onClose={leave}
    >
      <div className="tj-stack hh-new">
        <Card title={t('sections.identity')}>
          <FieldItems groups={words.groupsOf('identity')} place={['identity']} />
        </Card>
        <Card title={t('sections.status')}>
          <FieldItems groups={words.groupsOf('status')} place={['status']} />
        </Card>
        <Card title={t('new.head')}>
          <p className="tj-muted hh-note">{t('new.others')}</p>
          <FieldItems groups={words.groupsOf('members')} place={['members', 0]} omit={NOT_FOR_A_HEAD} />
        </Card>
        <ReasonItem />
      </div>
    </RecordEditor>
  )
}

/** 新增户: identity, why it is on the register, and its head; all the rest is entered on the card. */
export function NewHouseholdPage() {
  const { t } = useTranslation('households')
  return (
    <>
      <PageHeader lead={t('new.lead')} />
      <CardWordsProvider>
        <NewHouseholdForm />
      </CardWordsProvider>
    </>
  )
}
