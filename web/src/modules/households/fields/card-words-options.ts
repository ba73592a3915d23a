import type { TFunction } from 'i18next'
import type { WordsOptions } from './card-words.ts'

export const unchanged = (text: string) => text

/**
 * The converter is a tenth of a megabyte: fetched only by those who read traditional Chinese. Letters only, as
 * scripts/traditional.ts has it: the words stay those of the office.
 */
export async function loadConverter(language: string): Promise<(text: string) => string> {
  if (language !== 'zh-TW') return unchanged
  const { Converter } = await import('opencc-js/cn2t')
  return Converter({ from: 'cn', to: 'tw' })
}

/** What the words of the card need of the language shown. */
export const wordsOptions = (
  t: TFunction<'households'>,
  language: string,
  convert: (text: string) => string,
): WordsOptions => ({
  language,
  convert,
  yes: t('ui:yes'),
  no: t('ui:no'),
  unitName: (unit) => t(`units.${unit}`, { defaultValue: unit }),
  untilYear: (label, year) => t('untilYear', { label, year }),
})
