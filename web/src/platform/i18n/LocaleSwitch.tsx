import { useTranslation } from 'react-i18next'
import { SelectBox } from '../../ui/SelectBox.tsx'
import { chooseLocale } from './i18n.ts'
import { isLocale, LOCALE_NAMES, LOCALES } from './locales.ts'

export function LocaleSwitch() {
  const { t, i18n } = useTranslation('shell')
  return (
    <SelectBox
      label={t('language')}
      value={i18n.language}
      options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
      onChange={(value) => {
        if (isLocale(value)) void chooseLocale(value)
      }}
    />
  )
}
