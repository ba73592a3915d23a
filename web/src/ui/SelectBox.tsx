export interface SelectBoxProps {
  /** Read by screen readers; not shown. */
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

/** A small native select for the shell: no weight, works with every assistive tool and on every phone. */
export function SelectBox({ label, value, options, onChange }: SelectBoxProps) {
  return (
    <select
      className="tj-select"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
