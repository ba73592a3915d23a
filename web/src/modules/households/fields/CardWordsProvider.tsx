import { useQuery } from '@tanstack/react-query'
import { packCardEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../../../api/index.ts'
import { QueryView } from '../../../ui/states.tsx'
import { loadConverter, unchanged, wordsOptions } from './card-words-options.ts'
import { cardWords, type CardWords } from './card-words.ts'

const CardWordsContext = createContext<CardWords | undefined>(undefined)

function useConverter(language: string) {
  const query = useQuery({
    queryKey: ['letters-converter', language],
    queryFn: () => loadConverter(language),
    staleTime: Infinity,
    enabled: language === 'zh-TW',
  })
  return language === 'zh-TW' ? query.data : unchanged
}

/** Fetches labels, hints and enumerations of the card before the page that needs them. */
export function CardWordsProvider({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation('households')
  const fields = useQuery({ ...read(packCardEndpoints.cardFields), staleTime: Infinity })
  const { language } = i18n
  const convert = useConverter(language)
  const words = useMemo(() => {
    if (fields.data === undefined || convert === undefined) return undefined
    return cardWords(fields.data, wordsOptions(t, language, convert))
  }, [fields.data, convert, language, t])
  return (
    <QueryView query={{ ...fields, data: words }} lines={10}>
      {(ready) => <CardWordsContext value={ready}>{children}</CardWordsContext>}
    </QueryView>
  )
}

/** The words of the card; only below a CardWordsProvider. */
export function useCardWords(): CardWords {
  const words = useContext(CardWordsContext)
  if (words === undefined) throw new Error('useCardWords needs a CardWordsProvider')
  return words
}
