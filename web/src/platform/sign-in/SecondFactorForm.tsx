import { useMutation, useQuery } from '@tanstack/react-query'
import { signInEndpoints } from '@tiejun/contract/platform/sign-in.ts'
import { Button } from 'antd'
import { toString as drawQr } from 'qrcode'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/index.ts'
import { FaultBox } from '../../ui/FaultBox.tsx'
import { useNotices } from '../../ui/Notices.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useDutyDone } from './session.tsx'

/** The code as an image: an SVG in a data address needs no markup from outside in the page. */
function QrCode({ text, label }: { text: string; label: string }) {
  const image = useQuery({
    queryKey: ['qr', text],
    queryFn: () => drawQr(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }),
    gcTime: 0,
  })
  if (image.data === undefined) return null
  return (
    <img className="tj-qr" alt={label} src={`data:image/svg+xml;utf8,${encodeURIComponent(image.data)}`} />
  )
}

/** In groups of four, as authenticators show it while one types. */
const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret

function Confirmation({ onConfirmed }: { onConfirmed: () => void }) {
  const { t } = useTranslation('sign-in')
  const dutyDone = useDutyDone()
  const notices = useNotices()
  const [code, setCode] = useState('')
  const [isIncomplete, setIncomplete] = useState(false)
  const confirm = useMutation({
    mutationFn: () => call(signInEndpoints.confirmSecondFactor, { body: { code } }),
    onSuccess: (session) => {
      notices.done(t('factor.done'))
      onConfirmed()
      dutyDone(session)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIncomplete(code.length !== 6)
    if (code.length === 6) confirm.mutate()
  }
  return (
    <form className="tj-stack" onSubmit={submit} noValidate>
      {confirm.error === null ? null : <FaultBox error={confirm.error} />}
      <TextField
        label={t('factor.code')}
        value={code}
        onChange={(value) => setCode(value.replace(/\D/g, '').slice(0, 6))}
        inputMode="numeric"
        autoComplete="one-time-code"
        fault={isIncomplete ? t('codeRequired') : undefined}
      />
      <div>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t('factor.confirm')}
        </Button>
      </div>
    </form>
  )
}

export function SecondFactorForm() {
  const { t } = useTranslation('sign-in')
  const offer = useMutation({ mutationFn: () => call(signInEndpoints.offerSecondFactor) })
  return (
    <div className="tj-stack tj-narrow">
      <p>{t('factor.lead')}</p>
      {offer.error === null ? null : <FaultBox error={offer.error} />}
      {offer.data === undefined ? (
        <div>
          <Button loading={offer.isPending} onClick={() => offer.mutate()}>
            {t('factor.start')}
          </Button>
        </div>
      ) : (
        <>
          <QrCode text={offer.data.uri} label={t('factor.qr')} />
          <div>
            <p className="tj-muted">{t('factor.secret')}</p>
            <code className="tj-mono">{inGroups(offer.data.secret)}</code>
          </div>
          <Confirmation onConfirmed={() => offer.reset()} />
        </>
      )}
    </div>
  )
}
