import type { FormInstance } from 'antd'
import { useEffect } from 'react'
import { namePathOf } from './values.ts'

/** Puts the server's faults under the fields they belong to; `reason` is the refusal they came with. */
export function useShowFaults(form: FormInstance, faults: ReadonlyMap<string, string>, reason: unknown) {
  useEffect(() => {
    if (faults.size === 0) return
    const shown = [...faults].map(([path, text]) => ({ name: namePathOf(path), errors: [text] }))
    form.setFields(shown)
    const first = shown[0]
    if (first !== undefined) form.scrollToField(first.name, { block: 'center', focus: true })
    // Faults are read anew on every render; only a new refusal shows them again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [form, reason])
}
