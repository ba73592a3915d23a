import { z } from 'zod'

/**
 * How the product treats a value that says something about a person. `personal`: kept inside reach, never logged.
 * `sensitive`: in addition encrypted at rest, masked on the way out, unmasked only with a reason that is audited.
 */
export type PersonalClass = 'none' | 'personal' | 'sensitive'

export type FieldType =
  | 'text'
  | 'year'
  | 'month'
  | 'date'
  | 'boolean'
  | 'integer'
  | 'money'
  | 'decimal'
  | 'enumeration'
  | 'enumerations'

/**
 * Where a value comes from. `typed`: somebody entered it. `settled`: it has a column, and the service fills it from
 * the ID number or disability card when that tells it; only otherwise may a request carry it. `derived`: computed
 * from other values on the way out, never in a request.
 */
export type FieldOrigin = 'typed' | 'settled' | 'derived'

/** What import, forms, exports and the SQL columns must know about one property of the card. */
export interface FieldFacts {
  type: FieldType
  origin: FieldOrigin
  personal: PersonalClass
  /** Meaning in one sentence, for the API description. */
  meaning: string
  /** Unit of the number: mu, m2, km, fen, months, persons … */
  unit?: string
  /** Where the field is attested: S1…S8 as in the pack's field list, or the rule it follows. */
  source?: string
  /** Id of the pack's enumeration that holds the permitted codes. */
  enumeration?: string
  maxLength?: number
  minimum?: number
  maximum?: number
  /** Digits in all and digits after the point, as in numeric(precision, scale). */
  precision?: number
  scale?: number
  /** Most values an `enumerations` field may hold. */
  maxItems?: number
}

/** The facts of every field schema; `contract/src/households/fields.ts` turns it into the one list of fields. */
export const fieldFacts = z.registry<FieldFacts>()

export type FieldOptions = Partial<Omit<FieldFacts, 'type' | 'meaning' | 'enumeration'>>

function described<S extends z.ZodType>(
  schema: S,
  type: FieldType,
  meaning: string,
  options: FieldOptions & { enumeration?: string },
): S {
  const facts: FieldFacts = { type, meaning, origin: 'typed', personal: 'none', ...options }
  const { unit, source, personal, enumeration } = facts
  const named = schema.meta({ description: meaning, personal, unit, source, enumeration })
  fieldFacts.add(named, facts)
  return named
}

const textSchema = (options: FieldOptions) =>
  z
    .string()
    .trim()
    .max(options.maxLength ?? 200)

/** Free text or a number that is only ever compared, such as a household number; at most 200 characters unless told. */
export function text(meaning: string, options: FieldOptions = {}) {
  return described(textSchema(options).nullable(), 'text', meaning, { maxLength: 200, ...options })
}

export function requiredText(meaning: string, options: FieldOptions = {}) {
  return described(textSchema(options).min(1), 'text', meaning, { maxLength: 200, ...options })
}

/** A code of one pack enumeration; which codes exist is pack data, so the contract knows only their form. */
const code = () => z.string().regex(/^[a-z0-9_]{1,40}$/)

export function choice(enumeration: string, meaning: string, options: FieldOptions = {}) {
  return described(code().nullable(), 'enumeration', meaning, { ...options, enumeration })
}

export function requiredChoice(enumeration: string, meaning: string, options: FieldOptions = {}) {
  return described(code(), 'enumeration', meaning, { ...options, enumeration })
}

/** Several codes of one enumeration, in the order entered; empty when none was given. */
export function choices(enumeration: string, meaning: string, options: FieldOptions = {}) {
  const maxItems = options.maxItems ?? 20
  return described(z.array(code()).max(maxItems), 'enumerations', meaning, {
    ...options,
    enumeration,
    maxItems,
  })
}

/** 是/否; null when nobody has said. */
export function yesNo(meaning: string, options: FieldOptions = {}) {
  return described(z.boolean().nullable(), 'boolean', meaning, options)
}

const EARLIEST_YEAR = 1900
const LATEST_YEAR = 2100

const yearSchema = (options: FieldOptions) =>
  z
    .int()
    .min(options.minimum ?? EARLIEST_YEAR)
    .max(options.maximum ?? LATEST_YEAR)

export function year(meaning: string, options: FieldOptions = {}) {
  const bounds = { minimum: EARLIEST_YEAR, maximum: LATEST_YEAR }
  return described(yearSchema(options).nullable(), 'year', meaning, { ...bounds, ...options })
}

export function requiredYear(meaning: string, options: FieldOptions = {}) {
  const bounds = { minimum: EARLIEST_YEAR, maximum: LATEST_YEAR }
  return described(yearSchema(options), 'year', meaning, { ...bounds, ...options })
}

/** A month of a year as 'YYYY-MM'; the national system prints it as yyyyMM. */
export function month(meaning: string, options: FieldOptions = {}) {
  return described(
    z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .nullable(),
    'month',
    meaning,
    options,
  )
}

/** A calendar day as 'YYYY-MM-DD'. */
export function date(meaning: string, options: FieldOptions = {}) {
  return described(z.iso.date().nullable(), 'date', meaning, options)
}

const LARGEST_COUNT = 9_999_999

export function count(meaning: string, options: FieldOptions = {}) {
  const { minimum = 0, maximum = LARGEST_COUNT } = options
  return described(z.int().min(minimum).max(maximum).nullable(), 'integer', meaning, {
    ...options,
    minimum,
    maximum,
  })
}

/** A response's number that is always known, such as how many members a household has. */
export function knownCount(meaning: string, options: FieldOptions = {}) {
  const { minimum = 0, maximum = LARGEST_COUNT } = options
  return described(z.int().min(minimum).max(maximum), 'integer', meaning, { ...options, minimum, maximum })
}

/** Ten digits of yuan, as decimal(12,2) of the national system's columns allows. */
export const LARGEST_FEN = 999_999_999_999

/** Money in whole fen. Not negative unless a minimum is given. */
export function money(meaning: string, options: FieldOptions = {}) {
  const { minimum = 0, maximum = LARGEST_FEN } = options
  const facts = { ...options, minimum, maximum, unit: 'fen' }
  return described(z.int().min(minimum).max(maximum).nullable(), 'money', meaning, facts)
}

/** A sum over entered parts, where a part nobody entered counts as 0, so that the sum is always known. */
export function sum(meaning: string, options: FieldOptions = {}) {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = options
  const facts = { ...options, minimum, maximum, unit: 'fen' }
  return described(z.int().min(minimum).max(maximum), 'money', meaning, facts)
}

/** A measured quantity with `scale` decimal places: more are refused, because rounding would change what was entered. */
export function decimal(meaning: string, options: FieldOptions = {}) {
  const { precision = 8, scale = 2, minimum = 0 } = options
  const maximum = options.maximum ?? 10 ** (precision - scale) - 10 ** -scale
  const hasScale = (value: number) => Number(value.toFixed(scale)) === value
  const schema = z.number().min(minimum).max(maximum).refine(hasScale, { params: { scale } }).nullable()
  return described(schema, 'decimal', meaning, { ...options, precision, scale, minimum, maximum })
}

function blankToNull(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? null : value
}

/**
 * The request side of a group of fields: an emptied text box means null, and a field that may be empty may be left
 * out. Left out means "as it was" in a change and "not known" in a new record.
 */
export function forRequest<Shape extends z.ZodRawShape>(shape: Shape): RequestShape<Shape> {
  const entries = Object.entries(shape).map(([name, schema]) => {
    const forgiving = z.preprocess(blankToNull, schema)
    return [name, isRequired(schema) ? forgiving : forgiving.optional()]
  })
  // Object.fromEntries forgets the keys; they are exactly those of `shape`, each wrapped as RequestShape says.
  return Object.fromEntries(entries) as RequestShape<Shape>
}

/** A field that must have a value: neither null nor an empty list will do. */
export function isRequired(schema: z.core.$ZodType): boolean {
  return !z.safeParse(schema, null).success && !z.safeParse(schema, []).success
}

/** Preprocessing would widen what a client may send to unknown, so the declared type leaves it out. */
type RequestShape<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape]: null extends z.output<Shape[Name]>
    ? z.ZodOptional<Shape[Name]>
    : z.output<Shape[Name]> extends unknown[]
      ? z.ZodOptional<Shape[Name]>
      : Shape[Name]
}
