import { Input, type InputProps } from 'antd'
import { useState } from 'react'
import { DAY_EXAMPLE, parseDay } from './day.ts'

interface DayInputProps extends Omit<InputProps, 'value' | 'onChange'> {
  value?: string | null
  /** Given the day as soon as there is one, else what was typed. */
  onChange?: (dayOrText: string) => void
}

const meantBy = (text: string) => parseDay(text) ?? text

/** A day as people type it. Typed, because the browsers' own calendars speak the language of the system. */
export function DayInput({ value, onChange, onBlur, ...control }: DayInputProps) {
  const [typed, setTyped] = useState<string>()
  const isTyping = typed !== undefined && meantBy(typed) === (value ?? '')
  return (
    <Input
      {...control}
      value={isTyping ? typed : (value ?? '')}
      autoComplete="off"
      placeholder={DAY_EXAMPLE}
      style={{ maxWidth: 240 }}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange?.(meantBy(event.target.value))
      }}
      onBlur={(event) => {
        setTyped(undefined)
        onBlur?.(event)
      }}
    />
  )
}
