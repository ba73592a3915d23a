import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface MaskedControlProps {
  id?: string
  value?: unknown
  onChange?: (value: string | null) => void
  maxLength?: number
  'aria-describedby'?: string
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling'
  'aria-required'?: boolean | 'true' | 'false'
}

/**
 * A value that reaches the browser masked: it stays as it is unless it is entered anew as a whole or emptied, so a
 * mask can never be saved in the place of a number.
 */
export function MaskedControl({ value, onChange, ...input }: MaskedControlProps) {
  const { t } = useTranslation('households')
  const [standing] = useState(typeof value === 'string' ? value : '')
  const [isAnew, setAnew] = useState(standing === '')
  const text = typeof value === 'string' ? value : ''
  if (!isAnew) {
    return (
      <div className="hh-masked">
        <Input {...input} value={standing} readOnly />
        <Button
          onClick={() => {
            setAnew(true)
            onChange?.(null)
          }}
        >
          {t('masked.enterAnew')}
        </Button>
      </div>
    )
  }
  return (
    <div className="hh-masked">
      <Input
        {...input}
        value={text}
        autoComplete="off"
        onChange={(event) => onChange?.(event.target.value === '' ? null : event.target.value)}
      />
      {standing === '' ? null : (
        <Button
          onClick={() => {
            setAnew(false)
            onChange?.(standing)
          }}
        >
          {t('masked.keep')}
        </Button>
      )}
    </div>
  )
}
