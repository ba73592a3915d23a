/** Values of a form by dotted path, e.g. `members.0.idNumber`. */

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export function valueAt(values: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), values)
}

/** A copy with one value replaced; what it does not touch is shared. */
export function withValueAt<Values>(values: Values, path: string, value: unknown): Values {
  const [step, ...rest] = path.split('.')
  if (step === undefined) return values
  const inner =
    rest.length === 0
      ? value
      : withValueAt(isObject(values) ? values[step] : undefined, rest.join('.'), value)
  const copy: unknown = Array.isArray(values)
    ? values.map((each: unknown, index) => (String(index) === step ? inner : each))
    : { ...values, [step]: inner }
  // The border: replacing one value keeps the shape, which a path as text cannot tell the compiler.
  return copy as Values
}

/** The way Ant Design names nested fields: numbers for places in a list. */
export const namePathOf = (path: string): (string | number)[] =>
  path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))

const isBlank = (value: unknown) => value === undefined || value === null || value === ''

/** Whether two values mean the same to a person: nothing given is the same however it is written. */
export function meansTheSame(one: unknown, other: unknown): boolean {
  if (one === other || (isBlank(one) && isBlank(other))) return true
  if (!isObject(one) || !isObject(other)) return false
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => meansTheSame(one[name], other[name]))
}
