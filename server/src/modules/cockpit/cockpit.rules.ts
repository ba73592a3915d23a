import type { Figure } from '@tiejun/contract/platform/indicators.ts'
import type { PackFigure } from '@tiejun/contract/platform/packs.ts'

/** Whether a value reaches what was reported, by the pack's comparison. */
export function isMet(value: number, { number, comparison }: PackFigure['reported']): boolean {
  switch (comparison) {
    case 'at_least':
      return value >= number
    case 'at_most':
      return value <= number
    case 'equal':
      return value === number
  }
}

/** What is known of one declared indicator after counting. */
export type Counted = Omit<Figure, 'reported' | 'met' | 'value'> & { value: number }

/** A figure of the report; without `counted` its module is not built yet. */
export function reportedFigure(figure: PackFigure, counted: Counted | undefined): Figure {
  const { id, name, unit, counts, reported } = figure
  return {
    id,
    group: 'report',
    label: name.zh,
    labelEn: name.en,
    unit: unit.zh,
    unitEn: unit.en,
    counts: counted?.counts ?? counts.zh,
    countsEn: counted?.countsEn ?? counts.en,
    value: counted?.value ?? null,
    reported: reported.text,
    met: counted === undefined ? null : isMet(counted.value, reported),
    href: counted?.href ?? null,
  }
}

/** The figures of the report in its order, then our own in the order they were declared. */
export function figureTable(reported: readonly PackFigure[], counted: readonly Counted[]): Figure[] {
  const byId = new Map(counted.map((one) => [one.id, one]))
  const ids = new Set(reported.map(({ id }) => id))
  return [
    ...reported.map((figure) => reportedFigure(figure, byId.get(figure.id))),
    ...counted.filter(({ id }) => !ids.has(id)).map((one) => ({ ...one, reported: null, met: null })),
  ]
}
