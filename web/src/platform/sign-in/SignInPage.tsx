import { useMutation } from '@tanstack/react-query'
import { signInEndpoints, type Session, type SignInRequest } from '@tiejun/contract/platform/sign-in.ts'
import { Button } from 'antd'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useSearchParams } from 'react-router'
import { call, hasCode } from '../../api/index.ts'
import { ColourSchemeSwitch } from '../../ui/ColourScheme.tsx'
import { FaultBox } from '../../ui/FaultBox.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { LocaleSwitch } from '../i18n/LocaleSwitch.tsx'
import { useSessionState } from './session.tsx'

/** Only places of this site; an address of another site in `next` would make the sign-in page a decoy. */
const placeAfter = (next: string | null) => (next !== null && /^\/(?![/\\])/.test(next) ? next : '/')

type Faults = Partial<Record<'username' | 'password' | 'code', string>>

function useSignIn(onSignedIn: (session: Session) => void) {
  const [needsCode, setNeedsCode] = useState(false)
  const request = useMutation({
    mutationFn: (body: SignInRequest) => call(signInEndpoints.signIn, { body }),
    onSuccess: onSignedIn,
    onError: (error) => {
      if (hasCode(error, 'second_factor_required')) setNeedsCode(true)
    },
  })
  const startOver = () => {
    setNeedsCode(false)
    request.reset()
  }
  return { request, needsCode, startOver }
}

function SignInForm() {
  const { t } = useTranslation('sign-in')
  const { begin } = useSessionState()
  const { request, needsCode, startOver } = useSignIn(begin)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [faults, setFaults] = useState<Faults>({})

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: Faults = {}
    if (username.trim() === '') found.username = t('usernameRequired')
    if (password === '') found.password = t('passwordRequired')
    if (needsCode && !/^\d{6}$/.test(code)) found.code = t('codeRequired')
    setFaults(found)
    if (Object.keys(found).length > 0 || request.isPending) return
    request.mutate({ username, password, code: needsCode ? code : undefined })
  }

  const shownError = hasCode(request.error, 'second_factor_required') ? null : request.error
  return (
    <form onSubmit={submit} noValidate className="tj-stack">
      {shownError === null ? null : <FaultBox error={shownError} />}
      {needsCode ? (
        <TextField
          key="code"
          label={t('code')}
          hint={t('codeHint')}
          value={code}
          onChange={(value) => setCode(value.replace(/\D/g, '').slice(0, 6))}
          fault={faults.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          hasFocus
        />
      ) : (
        <>
          <TextField
            label={t('username')}
            value={username}
            onChange={setUsername}
            fault={faults.username}
            autoComplete="username"
            hasFocus
          />
          <TextField
            label={t('password')}
            type="password"
            value={password}
            onChange={setPassword}
            fault={faults.password}
            autoComplete="current-password"
          />
        </>
      )}
      <Button type="primary" htmlType="submit" block size="large" loading={request.isPending}>
        {request.isPending ? t('submitting') : t('submit')}
      </Button>
      {needsCode ? (
        <button type="button" className="tj-text-button" onClick={startOver}>
          {t('back')}
        </button>
      ) : null}
    </form>
  )
}

export function SignInPage() {
  const { t } = useTranslation(['sign-in', 'shell'])
  const { session } = useSessionState()
  const [search] = useSearchParams()
  const title = `${t('title')} · ${t('shell:brand')}`
  useEffect(() => {
    document.title = title
  }, [title])
  if (session !== null) return <Navigate to={placeAfter(search.get('next'))} replace />
  return (
    <main className="tj-sign-in">
      <div className="tj-sign-in-card">
        <header>
          <p className="tj-sign-in-brand">{t('shell:brandShort')}</p>
          <p className="tj-sign-in-lead">{t('lead')}</p>
          <h1>{t('title')}</h1>
        </header>
        <SignInForm />
      </div>
      <div className="tj-sign-in-tools">
        <LocaleSwitch />
        <ColourSchemeSwitch />
      </div>
    </main>
  )
}
