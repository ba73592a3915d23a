import { useQuery } from '@tanstack/react-query'
import {
  permissionEndpoints,
  type PermissionTable,
  type PostKindPermissions,
} from '@tiejun/contract/platform/permissions.ts'
import { Checkbox } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/index.ts'
import { UnsavedGuard } from '../../ui/form/UnsavedGuard.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState, QueryView } from '../../ui/states.tsx'
import { SaveBar } from './SaveBar.tsx'

/** What the editor has ticked by kind of post; kinds not in it are as saved. */
export type Ticked = Readonly<Record<string, readonly string[]>>

interface MatrixProps {
  table: PermissionTable
  kind: PostKindPermissions
  ticked: readonly string[]
  onTick: (actions: string[]) => void
}

function ModuleActions({ table, ticked, onTick, module }: Omit<MatrixProps, 'kind'> & { module: string }) {
  const { t, i18n } = useTranslation('shell')
  const actions = table.actions.filter((action) => action.module === module)
  return (
    <fieldset className="tj-permissions-module">
      <legend>{t(`modules.${module}`, { defaultValue: module })}</legend>
      {actions.map((action) => (
        <Checkbox
          key={action.action}
          checked={ticked.includes(action.action)}
          onChange={(event) =>
            onTick(
              event.target.checked
                ? [...ticked, action.action]
                : ticked.filter((name) => name !== action.action),
            )
          }
        >
          {i18n.language === 'en' ? action.labelEn : action.label}
          <span className="tj-mono tj-muted"> {action.action}</span>
        </Checkbox>
      ))}
    </fieldset>
  )
}

function KindList(props: {
  kinds: readonly PostKindPermissions[]
  chosen: string
  onChoose: (postKind: string) => void
}) {
  const { t } = useTranslation('permissions')
  return (
    <nav className="tj-card tj-permissions-kinds" aria-label={t('postKinds')}>
      <ul>
        {props.kinds.map((kind) => (
          <li key={kind.postKind}>
            <button
              type="button"
              aria-current={kind.postKind === props.chosen}
              onClick={() => props.onChoose(kind.postKind)}
            >
              <span>{kind.title}</span>
              <span className="tj-muted">
                {t('holders', { count: kind.holders })} · {t('granted', { count: kind.actions.length })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((action) => other.includes(action))

function Editor({ table }: { table: PermissionTable }) {
  const { t } = useTranslation('permissions')
  const [chosen, setChosen] = useState(table.postKinds[0]?.postKind ?? '')
  const [edited, setEdited] = useState<Ticked>({})
  const modules = useMemo(() => [...new Set(table.actions.map((action) => action.module))], [table.actions])
  const kind = table.postKinds.find((each) => each.postKind === chosen)
  if (kind === undefined) return <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
  const ticked = edited[kind.postKind] ?? kind.actions
  const tick = (actions: string[]) => setEdited({ ...edited, [kind.postKind]: actions })
  const forget = () =>
    setEdited(Object.fromEntries(Object.entries(edited).filter(([name]) => name !== kind.postKind)))
  const isAnyDirty = table.postKinds.some(
    (each) => !isSame(each.actions, edited[each.postKind] ?? each.actions),
  )
  return (
    <div className="tj-permissions">
      <UnsavedGuard isDirty={isAnyDirty} />
      <KindList kinds={table.postKinds} chosen={kind.postKind} onChoose={setChosen} />
      <section className="tj-card" aria-label={kind.title}>
        <div className="tj-card-header">
          <h2>{kind.title}</h2>
          <SaveBar
            key={kind.postKind}
            table={table}
            kind={kind}
            ticked={ticked}
            onSaved={forget}
            onDiscard={forget}
          />
        </div>
        <div className="tj-card-body">
          {modules.map((module) => (
            <ModuleActions key={module} table={table} module={module} ticked={ticked} onTick={tick} />
          ))}
        </div>
      </section>
    </div>
  )
}

/** Which actions each kind of post gives; for the security administrator. */
export function PermissionsPage() {
  const { t } = useTranslation('permissions')
  const table = useQuery(read(permissionEndpoints.table))
  return (
    <>
      <PageHeader lead={t('lead')} />
      <QueryView query={table}>{(loaded) => <Editor table={loaded} />}</QueryView>
    </>
  )
}
