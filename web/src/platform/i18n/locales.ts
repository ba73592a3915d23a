/** The languages of the interface: Chinese first; the traditional wording is generated from the simplified one. */
export const LOCALES = ['zh-CN', 'en', 'zh-TW'] as const
export type Locale = (typeof LOCALES)[number]

export const LOCALE_NAMES: Record<Locale, string> = {
  'zh-CN': '简体中文',
  en: 'English',
  'zh-TW': '繁體中文',
}

/** How message files of a language are called: `households.messages.zh.ts`. */
export const MESSAGE_SUFFIX: Record<Locale, string> = { 'zh-CN': 'zh', en: 'en', 'zh-TW': 'zh-TW' }

/** Wording by key; a key may hold a group of keys. `{{name}}` is filled in. */
export interface Messages {
  readonly [key: string]: string | Messages
}

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value)
