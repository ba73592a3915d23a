import type { HistoryEntry } from '@tiejun/contract/households/card-page.ts'

type Meaning = Pick<HistoryEntry, 'action' | 'section'>

/** Every command on a card as the audit names it, and what the history of the card makes of it. */
export const CARD_ACTIONS = {
  'household.created': { action: 'created', section: null },
  'household.identity_changed': { action: 'changed', section: 'identity' },
  'household.status_changed': { action: 'changed', section: 'status' },
  'household.living_conditions_added': { action: 'added', section: 'livingConditions' },
  'household.living_conditions_changed': { action: 'changed', section: 'livingConditions' },
  'household.member_added': { action: 'added', section: 'members' },
  'household.member_changed': { action: 'changed', section: 'members' },
  'household.member_left': { action: 'left', section: 'members' },
  'household.head_changed': { action: 'changed', section: 'members' },
  'household.income_year_added': { action: 'added', section: 'incomeYears' },
  'household.income_year_changed': { action: 'changed', section: 'incomeYears' },
  'household.helper_added': { action: 'added', section: 'helpers' },
  'household.helper_changed': { action: 'changed', section: 'helpers' },
  'household.helper_ended': { action: 'ended', section: 'helpers' },
  'household.measure_added': { action: 'added', section: 'measures' },
  'household.measure_changed': { action: 'changed', section: 'measures' },
  'household.unmasked': { action: 'unmasked', section: null },
} as const satisfies Record<string, Meaning>

export type CardAuditAction = keyof typeof CARD_ACTIONS

/** The audited actions that change one section. */
export const actionsOfSection = (section: HistoryEntry['section']): string[] =>
  Object.entries(CARD_ACTIONS).flatMap(([name, meaning]) => (meaning.section === section ? [name] : []))

export const isCardAction = (name: string): name is CardAuditAction => Object.hasOwn(CARD_ACTIONS, name)
