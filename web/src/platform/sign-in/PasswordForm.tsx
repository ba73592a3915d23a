import { useMutation } from '@tanstack/react-query'
import { PASSWORD_RULES, signInEndpoints } from '@tiejun/contract/platform/sign-in.ts'
import { Button } from 'antd'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call, hasCode, problemOf } from '../../api/index.ts'
import { FaultBox } from '../../ui/FaultBox.tsx'
import { useNotices } from '../../ui/Notices.tsx'
import { useFieldWording } from '../../ui/problem-wording.ts'
import { TextField } from '../../ui/TextField.tsx'
import { useDutyDone } from './session.tsx'

function useChangePassword(onChanged: () => void) {
  const { t } = useTranslation('sign-in')
  const dutyDone = useDutyDone()
  const notices = useNotices()
  return useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) =>
      call(signInEndpoints.changePassword, { body }),
    onSuccess: (session) => {
      dutyDone(session)
      onChanged()
      notices.done(t('account.changed'))
    },
  })
}

/** Why the server finds a password too weak: `detail.problems` of password_too_weak, a list of codes. */
function weaknessesOf(error: unknown): string[] {
  const problems = problemOf(error)?.detail?.['problems']
  return Array.isArray(problems) ? problems.map(String) : []
}

export function PasswordForm({ username }: { username: string }) {
  const { t } = useTranslation(['sign-in', 'errors'])
  const wordFault = useFieldWording()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeated, setRepeated] = useState('')
  const [differs, setDiffers] = useState(false)
  const change = useChangePassword(() => {
    setCurrent('')
    setNext('')
    setRepeated('')
  })
  // The server answers a wrong present password like a failed sign-in; here that is a fault of one field.
  const isWrongPassword = hasCode(change.error, 'sign_in_failed')
  const faults = weaknessesOf(change.error).map((code) => wordFault({ path: 'newPassword', code }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setDiffers(next !== repeated)
    if (next === repeated && current !== '' && next !== '')
      change.mutate({ currentPassword: current, newPassword: next })
  }
  const rules = t('account.rules', {
    length: PASSWORD_RULES.minimumLength,
    kinds: PASSWORD_RULES.minimumKinds,
  })
  return (
    <form className="tj-stack tj-narrow" onSubmit={submit} noValidate>
      {change.error === null || isWrongPassword ? null : <FaultBox error={change.error} />}
      <input type="text" hidden readOnly autoComplete="username" value={username} />
      <TextField
        label={t('account.currentPassword')}
        type="password"
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
        fault={isWrongPassword ? t('errors:fields.wrong_password') : undefined}
      />
      <TextField
        label={t('account.newPassword')}
        type="password"
        value={next}
        onChange={setNext}
        autoComplete="new-password"
        hint={rules}
        fault={faults.length === 0 ? undefined : faults.join('；')}
      />
      <TextField
        label={t('account.repeatPassword')}
        type="password"
        value={repeated}
        onChange={setRepeated}
        autoComplete="new-password"
        fault={differs ? t('account.repeatDiffers') : undefined}
      />
      <div>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('account.changePassword')}
        </Button>
      </div>
    </form>
  )
}
