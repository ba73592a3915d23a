import type { Unmasked, UnmaskRequest } from '@tiejun/contract/households/card-page.ts'
import type { z } from 'zod'
import { recordAudit } from '../../platform/audit/record.ts'
import { AppError } from '../../platform/http/errors.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { columnFieldsOf, valuesOf } from './card-values.ts'
import { findHouseholdForUpdate, listMembers } from './households.store.ts'
import type { HouseholdMeans } from './means.ts'
import { MEMBER } from './members.service.ts'

const IDENTITY = columnFieldsOf('household', 'identity')
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Shows clear values of one card for a reason; that it was done stays in the history, the values do not. */
export const unmaskService = ({ db, clock, vault }: HouseholdMeans) => ({
  unmask: (actor: Actor, id: string, { fields, reason }: z.output<typeof UnmaskRequest>): Promise<Unmasked> =>
    db.asActor(actor, 'households.unmask', async (tx) => {
      const household = await findHouseholdForUpdate(tx, id)
      if (!household) throw new AppError('not_found')
      const members = await listMembers(tx, id)
      await recordAudit(tx, clock, actor, {
        action: 'household.unmasked',
        recordType: 'household',
        recordId: id,
        recordLabel: household.household_no,
        areaCode: household.village_code,
        after: { unmasked: fields },
        reason,
      })
      const asked = new Set(fields)
      const identity = valuesOf(vault, household, IDENTITY)
      return {
        ...(asked.has('bankAccount') && { bankAccount: textOrNull(identity['bankAccount']) }),
        ...(asked.has('phone') && { householdPhone: textOrNull(identity['householdPhone']) }),
        members: members.map((row) => {
          const values = valuesOf(vault, row, MEMBER)
          return {
            id: row.id,
            ...(asked.has('idNo') && {
              idNo: textOrNull(values['idNo']),
              birthOn: textOrNull(values['birthOn']),
            }),
            ...(asked.has('phone') && { phone: textOrNull(values['phone']) }),
          }
        }),
      }
    }),
})
