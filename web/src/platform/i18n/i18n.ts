import i18next, { type BackendModule, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { isLocale, MESSAGE_SUFFIX, type Locale, type Messages } from './locales.ts'

const STORAGE_KEY = 'tiejun.locale'

// Every `<module>.messages.<language>.ts` is a chunk of its own, fetched when a page first asks for its words.
const files = import.meta.glob<{ messages: Messages }>('../../**/*.messages.*.ts')

const loaders = new Map(
  Object.entries(files).map(([path, load]) => [path.slice(path.lastIndexOf('/') + 1), load] as const),
)

const messageFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const suffix = isLocale(language) ? MESSAGE_SUFFIX[language] : undefined
    const load = loaders.get(`${namespace}.messages.${suffix}.ts`)
    if (load === undefined) done(new Error(`No messages ${namespace} in ${language}`), false)
    else
      load().then(
        (file) => done(null, file.messages),
        (error: Error) => done(error, false),
      )
  },
}

/** The language chosen on this device; simplified Chinese until somebody chooses. */
export const chosenLocale = (): Locale => {
  const stored = localStorage.getItem(STORAGE_KEY)
  return isLocale(stored) ? stored : 'zh-CN'
}

export const isKnownNamespace = (namespace: string): boolean => loaders.has(`${namespace}.messages.zh.ts`)

/** Resolves when the words of the shell are there, so that the first paint is never a row of keys. */
export async function startI18n(locale: Locale = chosenLocale()): Promise<i18n> {
  await i18next
    .use(messageFiles)
    .use(initReactI18next)
    .init({
      lng: locale,
      fallbackLng: false,
      ns: ['ui', 'shell', 'errors'],
      defaultNS: 'ui',
      interpolation: { escapeValue: false },
      returnNull: false,
      // A language may need no word where another has one.
      returnEmptyString: true,
    })
  document.documentElement.lang = locale
  return i18next
}

export async function chooseLocale(locale: Locale): Promise<void> {
  localStorage.setItem(STORAGE_KEY, locale)
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}
