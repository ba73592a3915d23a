import { useEffect, useId, useRef, type HTMLInputAutoCompleteAttribute } from 'react'

export interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'password'
  hint?: string
  /** What is wrong with it, in words; absent when nothing is. */
  fault?: string
  inputMode?: 'text' | 'numeric'
  autoComplete?: HTMLInputAutoCompleteAttribute
  /** Takes the focus when it appears: only for the one field a page begins with. */
  hasFocus?: boolean
  isReadOnly?: boolean
}

/** A labelled native input, for the few forms that must not wait for the form library. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    value,
    onChange,
    type = 'text',
    hint,
    fault,
    inputMode,
    autoComplete,
    hasFocus,
    isReadOnly,
  } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (hasFocus === true) input.current?.focus()
  }, [hasFocus])
  const described = [fault === undefined ? '' : `${id}-fault`, hint === undefined ? '' : `${id}-hint`]
    .join(' ')
    .trim()
  return (
    <div className="tj-field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        className="tj-input"
        type={type}
        value={value}
        readOnly={isReadOnly}
        inputMode={inputMode}
        autoComplete={autoComplete}
        aria-invalid={fault !== undefined}
        aria-describedby={described === '' ? undefined : described}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault === undefined ? null : (
        <p id={`${id}-fault`} className="tj-field-fault" role="alert">
          {fault}
        </p>
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="tj-field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}
