import { useQuery } from '@tanstack/react-query'
import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import type { OrganisationChoices } from '@tiejun/contract/organisation/units.ts'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/index.ts'

type UnitChoice = OrganisationChoices['units'][number]

/** A village with its township, because two villages may share a name. */
const unitLabel = (unit: UnitChoice): string =>
  unit.kind === 'village' && unit.parentName !== null ? `${unit.parentName} ${unit.name}` : unit.name

/** Units and kinds of posts as options; empty until they are there. */
export function useChoices() {
  const { i18n } = useTranslation('organisation')
  const { data } = useQuery({ ...read(organisationEndpoints.choices), staleTime: 300_000 })
  const optionsOf = (units: readonly UnitChoice[]) =>
    units.map((unit) => ({ value: unit.id, label: unitLabel(unit) }))
  const isEnglish = i18n.language === 'en'
  return {
    units: optionsOf(data?.units ?? []),
    unitsWithinReach: optionsOf((data?.units ?? []).filter((unit) => unit.isWithinReach)),
    postKinds: (data?.postKinds ?? []).map((kind) => ({
      value: kind.code,
      label: isEnglish ? kind.titleEn : kind.title,
    })),
  }
}

/** The title of a post in the language of the page. */
export function usePostTitle(): (post: { title: string; titleEn: string }) => string {
  const { i18n } = useTranslation('organisation')
  return (post) => (i18n.language === 'en' ? post.titleEn : post.title)
}

const countyDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** The county's date, to begin a date field with; the server decides what is allowed. */
export const todayInCounty = (): string => countyDay.format(Date.now())
