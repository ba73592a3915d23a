import { useMutation, useQueryClient } from '@tanstack/react-query'
import { accountEndpoints, type Account, type AccountAction } from '@tiejun/contract/platform/sign-in.ts'
import { Button, Dropdown, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/index.ts'
import { FaultBox } from '../../ui/FaultBox.tsx'
import { useNotices } from '../../ui/Notices.tsx'
import type { ShownPassword } from './OneTimePasswordDialog.tsx'

interface AccountActionsProps {
  account: Account
  onPassword: (shown: ShownPassword) => void
}

/** Deeds that take something away are marked as such. */
const IS_DANGER: Record<AccountAction, boolean> = {
  unlock: false,
  disable: true,
  enable: false,
  reset_password: true,
  reset_second_factor: true,
  end_sessions: true,
}

function useAct({ account, onPassword }: AccountActionsProps, onDone: () => void) {
  const { t } = useTranslation('accounts')
  const queries = useQueryClient()
  const notices = useNotices()
  return useMutation({
    mutationFn: (action: AccountAction) => call(accountEndpoints.act, { params: { id: account.id, action } }),
    onSuccess: async (result, action) => {
      await queries.invalidateQueries({ queryKey: [accountEndpoints.list.path] })
      onDone()
      notices.done(t('actionDone', { action: t(`actions.${action}`), username: account.username }))
      if (result.password !== null) onPassword({ username: account.username, password: result.password })
    },
  })
}

/** The actions the server allows on this account; each says what it does before it does it. */
export function AccountActions(props: AccountActionsProps) {
  const { t } = useTranslation('accounts')
  const { account } = props
  const [asked, setAsked] = useState<AccountAction>()
  const act = useAct(props, () => setAsked(undefined))
  if (account.allowedActions.length === 0) return null
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: account.allowedActions.map((action) => ({
            key: action,
            label: t(`actions.${action}`),
            danger: IS_DANGER[action],
            onClick: () => {
              act.reset()
              setAsked(action)
            },
          })),
        }}
      >
        <Button size="small" aria-label={t('moreFor', { username: account.username })}>
          {t('more')}
        </Button>
      </Dropdown>
      {asked === undefined ? null : (
        <Modal
          open
          title={t('confirmTitle', {
            action: t(`actions.${asked}`),
            name: account.displayName,
            username: account.username,
          })}
          okText={t(`actions.${asked}`)}
          okButtonProps={{ danger: IS_DANGER[asked], loading: act.isPending }}
          onOk={() => act.mutate(asked)}
          onCancel={() => setAsked(undefined)}
        >
          {act.error === null ? null : <FaultBox error={act.error} />}
          <p>{t(`confirm.${asked}`)}</p>
        </Modal>
      )}
    </>
  )
}
