import { problemOf } from '../../../api/index.ts'
import { useFieldWording } from '../../../ui/problem-wording.ts'

/** The faults of a refused dialog, which has no form to put them under. */
export function FaultsList({ error }: { error: unknown }) {
  const word = useFieldWording('households')
  const faults = problemOf(error)?.fields ?? []
  if (faults.length === 0) return null
  return (
    <ul className="tj-field-fault">
      {faults.map((fault) => (
        <li key={`${fault.path}:${fault.code}`}>{word(fault)}</li>
      ))}
    </ul>
  )
}
