import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectBox } from './SelectBox.tsx'
import { applyPalette } from './tokens.ts'

const CHOICES = ['system', 'light', 'dark'] as const
export type SchemeChoice = (typeof CHOICES)[number]
export type Scheme = 'light' | 'dark'

interface ColourScheme {
  choice: SchemeChoice
  scheme: Scheme
  choose: (choice: SchemeChoice) => void
}

const STORAGE_KEY = 'tiejun.scheme'
const SchemeContext = createContext<ColourScheme>({
  choice: 'system',
  scheme: 'light',
  choose: () => undefined,
})

const isChoice = (value: unknown): value is SchemeChoice => CHOICES.some((choice) => choice === value)

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)')

export function ColourSchemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState<SchemeChoice>(() => {
    const stored = localStorage.getItem(STORAGE_KEY)
    return isChoice(stored) ? stored : 'system'
  })
  const [systemIsDark, setSystemIsDark] = useState(() => darkQuery().matches)
  useEffect(() => {
    const query = darkQuery()
    const follow = () => setSystemIsDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  const scheme: Scheme = choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice
  useEffect(() => applyPalette(scheme), [scheme])
  const value = useMemo<ColourScheme>(
    () => ({
      choice,
      scheme,
      choose: (next) => {
        localStorage.setItem(STORAGE_KEY, next)
        setChoice(next)
      },
    }),
    [choice, scheme],
  )
  return <SchemeContext value={value}>{children}</SchemeContext>
}

export const useColourScheme = () => useContext(SchemeContext)

export function ColourSchemeSwitch() {
  const { t } = useTranslation('ui')
  const { choice, choose } = useColourScheme()
  return (
    <SelectBox
      label={t('scheme.label')}
      value={choice}
      options={CHOICES.map((value) => ({ value, label: t(`scheme.${value}`) }))}
      onChange={(value) => {
        if (isChoice(value)) choose(value)
      }}
    />
  )
}
