import type { Session } from '@tiejun/contract/platform/sign-in.ts'
import { useTranslation } from 'react-i18next'
import { Card, Facts } from '../../ui/Facts.tsx'
import { formatInstant } from '../../ui/format.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SecondFactorForm } from './SecondFactorForm.tsx'
import { useSession } from './session.tsx'

function Profile({ session }: { session: Session }) {
  const { t } = useTranslation('sign-in')
  const posts = session.posts.map((post) => (
    <li key={post.id}>
      {[post.unitName, post.title, post.areaName].filter((part) => part !== null).join(' · ')}
    </li>
  ))
  return (
    <Facts
      facts={[
        { label: t('account.username'), value: session.username },
        { label: t('account.displayName'), value: session.displayName },
        { label: t('account.role'), value: t(`administrators.${session.administrator ?? 'none'}`) },
        { label: t('account.expiresAt'), value: formatInstant(session.expiresAt) },
        {
          label: t('account.posts'),
          value: posts.length === 0 ? t('account.noPosts') : <ul>{posts}</ul>,
          isWide: true,
        },
      ]}
    />
  )
}

/** An administrator who owes nothing has one already; only the system administrator resets it. */
const isFactorOffered = ({ duty, administrator }: Session) =>
  duty === 'enrol_second_factor' || (duty === null && administrator === null)

/** One's own account; also where a session that owes a duty (password, second factor) is sent first. */
export function AccountPage() {
  const { t } = useTranslation('sign-in')
  const session = useSession()
  const { duty } = session
  return (
    <>
      <PageHeader />
      {duty === null ? (
        <Card title={t('account.profile')}>
          <Profile session={session} />
        </Card>
      ) : (
        <output className="tj-hint-box">{t(`account.duty.${duty}`)}</output>
      )}
      {duty === 'enrol_second_factor' ? null : (
        <Card title={t('account.changePassword')}>
          <PasswordForm username={session.username} />
        </Card>
      )}
      {isFactorOffered(session) ? (
        <Card title={t('factor.title')}>
          <SecondFactorForm />
        </Card>
      ) : null}
    </>
  )
}
