import { Input, type InputProps } from 'antd'
import { useState } from 'react'
import { Unreadable, type Codec } from './field-values.ts'

type TypedInputProps = Omit<InputProps, 'value' | 'onChange' | 'defaultValue'> & {
  codec: Codec
  value?: unknown
  onChange?: (value: unknown) => void
}

const textOf = (codec: Codec, value: unknown) =>
  value instanceof Unreadable ? value.text : codec.print(value)

/** A text box whose value is a number, a month or fen; what cannot be read stays as typed and is refused by the form. */
export function TypedInput({ codec, value, onChange, onBlur, ...input }: TypedInputProps) {
  const [typed, setTyped] = useState<{ text: string; value: unknown }>()
  const text = typed !== undefined && typed.value === value ? typed.text : textOf(codec, value)
  return (
    <Input
      {...input}
      value={text}
      autoComplete="off"
      onChange={(event) => {
        const next = event.target.value
        const parsed = next.trim() === '' ? null : (codec.parse(next) ?? new Unreadable(next))
        setTyped({ text: next, value: parsed })
        onChange?.(parsed)
      }}
      onBlur={(event) => {
        setTyped(undefined)
        onBlur?.(event)
      }}
    />
  )
}
