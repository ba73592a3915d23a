import { z } from 'zod'

/** What the asking person may do with one card: change it, ask for clear values, print it. */
export const HouseholdAction = z.enum(['edit', 'unmask', 'print'])
export type HouseholdAction = z.infer<typeof HouseholdAction>

/** Values that leave the server masked; clear only by POST /households/:id/unmask. */
export const MaskedValue = z.enum(['idNo', 'bankAccount', 'phone'])
export type MaskedValue = z.infer<typeof MaskedValue>

/**
 * Which fields of the card are masked, and as what. A helper is a cadre whose phone is there to be called, so it
 * is not among them.
 */
export const MASKED_FIELDS: Readonly<Record<string, MaskedValue>> = {
  'household.bankAccount': 'bankAccount',
  'household.householdPhone': 'phone',
  'household.headIdNo': 'idNo',
  'member.idNo': 'idNo',
  'member.phone': 'phone',
}
