import type { Figure } from '@tiejun/contract/platform/indicators.ts'

/** What a figure is called, counted in and counts, in one language. */
export interface FigureWords {
  label: string
  unit: string
  counts: string
}

/** The words of a figure; traditional Chinese readers see the office's own simplified wording. */
export const wordsOf = (figure: Figure, language: string): FigureWords =>
  language === 'en'
    ? { label: figure.labelEn, unit: figure.unitEn, counts: figure.countsEn }
    : { label: figure.label, unit: figure.unit, counts: figure.counts }

/** The figures of one group that have something to show, most first. */
export const largestFirst = (figures: readonly Figure[]): Figure[] =>
  figures.filter((figure) => (figure.value ?? 0) > 0).toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))

/** `12.5%` of a whole, one decimal; empty while the whole is nothing. */
export const shareOf = (value: number, whole: number): string =>
  whole === 0 ? '' : `${(Math.round((value * 1000) / whole) / 10).toFixed(1)}%`
