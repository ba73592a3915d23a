import { Administrator } from '@tiejun/contract/platform/administrators.ts'
import { accountEndpoints, type Account } from '@tiejun/contract/platform/sign-in.ts'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/Facts.tsx'
import { formatInstant } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { DataList } from '../../ui/list/DataList.tsx'
import type { Column } from '../../ui/list/DataTable.tsx'
import type { ListFilter } from '../../ui/list/filters.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { AccountActions } from './AccountActions.tsx'
import { OneTimePasswordDialog, type ShownPassword } from './OneTimePasswordDialog.tsx'

// The form library is fetched when somebody creates an account: this is a page one lands on after signing in.
const CreateAccountDialog = lazy(async () => ({
  default: (await import('./CreateAccountDialog.tsx')).CreateAccountDialog,
}))

function State({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  if (account.isDisabled) return <Tag>{t('states.disabled')}</Tag>
  if (account.isLocked) return <Tag tone="danger">{t('states.locked')}</Tag>
  if (account.mustChangePassword) return <Tag tone="warning">{t('states.mustChangePassword')}</Tag>
  return <Tag tone="success">{t('states.active')}</Tag>
}

const columnsOf = (t: TFunction<'accounts'>): Column<Account>[] => [
  {
    key: 'username',
    title: t('columns.username'),
    sort: 'username',
    isPinned: true,
    render: (account) => account.username,
  },
  { key: 'displayName', title: t('columns.displayName'), render: (account) => account.displayName },
  {
    key: 'administrator',
    title: t('columns.administrator'),
    render: (account) => (account.administrator === null ? '' : t(`administrators.${account.administrator}`)),
  },
  { key: 'state', title: t('columns.state'), render: (account) => <State account={account} /> },
  {
    key: 'secondFactor',
    title: t('columns.secondFactor'),
    render: (account) => t(account.hasSecondFactor ? 'secondFactor.yes' : 'secondFactor.no'),
  },
  {
    key: 'lastSignedInAt',
    title: t('columns.lastSignedInAt'),
    sort: 'lastSignedInAt',
    render: (account) =>
      account.lastSignedInAt === null ? (
        <span className="tj-muted">{t('never')}</span>
      ) : (
        <span className="tj-number">{formatInstant(account.lastSignedInAt)}</span>
      ),
  },
]

const filtersOf = (t: TFunction<'accounts'>): ListFilter[] => [
  { kind: 'search', name: 'q', label: t('filters.q') },
  {
    kind: 'choice',
    name: 'state',
    label: t('filters.state'),
    options: (['active', 'disabled', 'locked'] as const).map((value) => ({
      value,
      label: t(`states.${value}`),
    })),
  },
  {
    kind: 'choice',
    name: 'administrator',
    label: t('filters.administrator'),
    isMultiple: true,
    options: Administrator.options.map((value) => ({ value, label: t(`administrators.${value}`) })),
  },
]

/** Who can sign in; for the system administrator. */
export function AccountsPage() {
  const { t } = useTranslation('accounts')
  const [isCreating, setCreating] = useState(false)
  const [shownPassword, setShownPassword] = useState<ShownPassword>()
  return (
    <>
      <PageHeader
        lead={t('lead')}
        actions={
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setCreating(true)}>
            {t('create')}
          </Button>
        }
      />
      <DataList
        id="accounts"
        label={t('list')}
        endpoint={accountEndpoints.list}
        rowKey={(account) => account.id}
        columns={columnsOf(t)}
        filters={filtersOf(t)}
        actions={(account) => <AccountActions account={account} onPassword={setShownPassword} />}
        empty={{ title: t('empty.title') }}
      />
      {isCreating ? (
        <Suspense fallback={null}>
          <CreateAccountDialog
            onClose={() => setCreating(false)}
            onCreated={(password) => {
              setCreating(false)
              setShownPassword(password)
            }}
          />
        </Suspense>
      ) : null}
      {shownPassword === undefined ? null : (
        <OneTimePasswordDialog shown={shownPassword} onClose={() => setShownPassword(undefined)} />
      )}
    </>
  )
}
