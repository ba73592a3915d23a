import type { CardFieldInfo, CardFields } from '@tiejun/contract/households/pack-card.ts'
import { findCardField, type CardEntity, type CardSection } from '@tiejun/contract/households/fields.ts'
import { formatYuan } from '../../../ui/format.ts'

/** A block of fields under one heading, in the order of the paper card. */
export interface FieldGroup {
  id: string
  name: string
  fields: CardFieldInfo[]
}

export interface Option {
  value: string
  label: string
}

/** The wording of the card in the language of the interface, from the policy pack. */
export interface CardWords {
  /** The groups that hold fields of this section, with those fields only. */
  groupsOf: (section: CardSection) => FieldGroup[]
  fieldsOf: (section: CardSection) => CardFieldInfo[]
  findField: (key: string) => CardFieldInfo | undefined
  /** Label for the screen, short where the printed one is clumsy. */
  label: (field: CardFieldInfo) => string
  /** Label as on the paper card. */
  printedLabel: (field: CardFieldInfo) => string
  hint: (field: CardFieldInfo) => string
  unit: (field: CardFieldInfo) => string
  /** Every value of an enumeration; one no longer in force says until when. */
  options: (enumeration: string) => Option[]
  /** A code in words; a code the pack does not know is shown as it is. */
  codeLabel: (enumeration: string, code: string) => string
  enumerationName: (enumeration: string) => string
  /** A value as it reads, without unit; empty when nothing was entered. */
  show: (field: CardFieldInfo, value: unknown) => string
  /** The same with its unit. */
  showWithUnit: (field: CardFieldInfo, value: unknown) => string
  /** Chinese of the pack or the contract in the letters of the language shown. */
  inLetters: (chinese: string) => string
  povertyLines: CardFields['povertyLines']
}

export interface WordsOptions {
  language: string
  /** Simplified Chinese to the language shown; changes nothing but for zh-TW. */
  convert: (text: string) => string
  /** Own words of the screen. */
  yes: string
  no: string
  unitName: (unit: string) => string
  untilYear: (label: string, year: number) => string
}

const monthOf = (value: string, language: string): string => {
  const [year, month] = value.split('-')
  return language === 'en' || month === undefined ? value : `${year}年${month}月`
}

function showValue(words: Pick<CardWords, 'codeLabel'>, options: WordsOptions) {
  const showCode = (field: CardFieldInfo, code: unknown) =>
    words.codeLabel(field.enumeration ?? '', String(code))
  const separator = options.language === 'en' ? ', ' : '、'
  return (field: CardFieldInfo, value: unknown): string => {
    if (value === null || value === undefined || value === '') return ''
    if (field.masked !== null) return String(value)
    switch (field.type) {
      case 'boolean':
        return value === true ? options.yes : options.no
      case 'enumeration':
        return showCode(field, value)
      case 'enumerations':
        return Array.isArray(value) ? value.map((code) => showCode(field, code)).join(separator) : ''
      case 'money':
        return typeof value === 'number' ? formatYuan(value) : String(value)
      case 'month':
        return monthOf(String(value), options.language)
      case 'text':
      case 'year':
      case 'date':
      case 'integer':
      case 'decimal':
        return String(value)
    }
  }
}

function enumerationWords(data: CardFields, { language, convert, untilYear }: WordsOptions) {
  const inLanguage = (words: { zh: string; en: string }) => (language === 'en' ? words.en : convert(words.zh))
  const labels = new Map<string, Map<string, string>>()
  for (const [id, { values }] of Object.entries(data.enumerations))
    labels.set(id, new Map(values.map((value) => [value.code, inLanguage(value)])))
  return {
    options: (enumeration: string): Option[] =>
      (data.enumerations[enumeration]?.values ?? []).map((value) => {
        const label = inLanguage(value)
        return { value: value.code, label: value.until === null ? label : untilYear(label, value.until) }
      }),
    codeLabel: (enumeration: string, code: string) => labels.get(enumeration)?.get(code) ?? code,
    enumerationName: (enumeration: string) => {
      const found = data.enumerations[enumeration]
      return found === undefined ? enumeration : inLanguage(found.name)
    },
  }
}

/** The pack's hints are Chinese; in English the contract's own meaning of the field stands in. */
const englishHint = (field: CardFieldInfo) => findCardField(field.key)?.meaning ?? ''

/** Makes the words of the card from the pack's answer. */
export function cardWords(data: CardFields, options: WordsOptions): CardWords {
  const { language, convert } = options
  const isEnglish = language === 'en'
  const byKey = new Map(data.groups.flatMap((group) => group.fields).map((field) => [field.key, field]))
  const groupsOf = (section: CardSection) =>
    data.groups
      .map((group) => ({
        id: group.id,
        name: isEnglish ? group.name.en : convert(group.name.zh),
        fields: group.fields.filter((field) => field.section === section),
      }))
      .filter((group) => group.fields.length > 0)
  const codes = enumerationWords(data, options)
  const show = showValue(codes, options)
  const unit = (field: CardFieldInfo) => (field.unit === null ? '' : options.unitName(field.unit))
  return {
    ...codes,
    groupsOf,
    fieldsOf: (section) => groupsOf(section).flatMap((group) => group.fields),
    findField: (key) => byKey.get(key),
    label: (field) => (isEnglish ? field.label.en : convert(field.short ?? field.label.zh)),
    printedLabel: (field) => (isEnglish ? field.label.en : convert(field.label.zh)),
    hint: (field) => (isEnglish ? englishHint(field) : convert(field.hint)),
    unit,
    show,
    showWithUnit: (field, value) => {
      const text = show(field, value)
      return text === '' ? '' : `${text}${isEnglish && unit(field) !== '' ? ' ' : ''}${unit(field)}`
    },
    inLetters: convert,
    povertyLines: data.povertyLines,
  }
}

/** The key of a field of an entity, as the pack and the history name it. */
export const keyOfField = (entity: CardEntity, name: string) => `${entity}.${name}`
