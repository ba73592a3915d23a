import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  permissionEndpoints,
  type PermissionTable,
  type PostKindPermissions,
} from '@tiejun/contract/platform/permissions.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/index.ts'
import { ReasonDialog } from '../../ui/form/ReasonDialog.tsx'
import { useSaveShortcut } from '../../ui/form/save-shortcut.ts'
import { useNotices } from '../../ui/Notices.tsx'

interface SaveBarProps {
  table: PermissionTable
  kind: PostKindPermissions
  ticked: readonly string[]
  onSaved: () => void
  onDiscard: () => void
}

function useSetPermissions({ kind, ticked, onSaved }: SaveBarProps) {
  const { t } = useTranslation('permissions')
  const queries = useQueryClient()
  const notices = useNotices()
  return useMutation({
    mutationFn: (reason: string) =>
      call(permissionEndpoints.set, {
        params: { postKind: kind.postKind },
        body: { actions: [...ticked], expectedActions: kind.actions, reason },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [permissionEndpoints.table.path] })
      notices.done(t('saved', { title: kind.title }))
      onSaved()
    },
  })
}

/** Which actions the edit adds and removes, in words: what one is about to sign for. */
function Difference({
  table,
  added,
  removed,
}: {
  table: PermissionTable
  added: string[]
  removed: string[]
}) {
  const { t, i18n } = useTranslation('permissions')
  const wordAll = (names: string[]) =>
    names
      .map((name) => {
        const info = table.actions.find((action) => action.action === name)
        return (i18n.language === 'en' ? info?.labelEn : info?.label) ?? name
      })
      .join(t('separator'))
  return (
    <>
      {added.length === 0 ? null : <p>{t('adds', { actions: wordAll(added) })}</p>}
      {removed.length === 0 ? null : <p>{t('removes', { actions: wordAll(removed) })}</p>}
    </>
  )
}

export function SaveBar(props: SaveBarProps) {
  const { t } = useTranslation('permissions')
  const { kind, ticked, table } = props
  const [isAsking, setAsking] = useState(false)
  const save = useSetPermissions(props)
  const added = ticked.filter((action) => !kind.actions.includes(action))
  const removed = kind.actions.filter((action) => !ticked.includes(action))
  const count = added.length + removed.length
  useSaveShortcut(count > 0, () => setAsking(true))
  if (count === 0) return null
  return (
    <div className="tj-row">
      <output>{t('changed', { count })}</output>
      <Button size="small" onClick={props.onDiscard}>
        {t('discard')}
      </Button>
      <Button size="small" type="primary" onClick={() => setAsking(true)}>
        {t('save')}
      </Button>
      {isAsking ? (
        <ReasonDialog
          title={t('reasonTitle', { title: kind.title })}
          text={<Difference table={table} added={added} removed={removed} />}
          okText={t('save')}
          isBusy={save.isPending}
          error={save.error}
          onOk={(reason) => save.mutate(reason)}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </div>
  )
}
