import { useMutation } from '@tanstack/react-query'
import type { HouseholdCard, Unmasked } from '@tiejun/contract/households/card-page.ts'
import type { MaskedValue } from '@tiejun/contract/households/allowed.ts'
import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/index.ts'
import { ReasonDialog } from '../../../ui/form/ReasonDialog.tsx'

interface Unmasking {
  mayUnmask: boolean
  /** Asks for the reason and then for the clear values of this kind. */
  ask: (kind: MaskedValue) => void
  /** The clear value of a field, undefined while it is masked. */
  clearValue: (fieldKey: string, memberId?: string) => string | undefined
}

const NOTHING: Unmasking = { mayUnmask: false, ask: () => undefined, clearValue: () => undefined }

const UnmaskingContext = createContext<Unmasking>(NOTHING)

export const useUnmasking = () => useContext(UnmaskingContext)

/** Kinds are asked for one at a time; what was seen before stays in sight. */
function merge(before: Unmasked, after: Unmasked): Unmasked {
  const seen = new Map(before.members.map((member) => [member.id, member]))
  return {
    ...before,
    ...after,
    members: after.members.map((member) => ({ ...seen.get(member.id), ...member })),
  }
}

function clearValueOf(card: HouseholdCard, clear: Unmasked | undefined) {
  const memberOf = (id: string | undefined) => clear?.members.find((member) => member.id === id)
  const headId = card.members.find((member) => member.relation === 'head' && !member.hasLeft)?.id
  return (fieldKey: string, memberId?: string): string | undefined => {
    switch (fieldKey) {
      case 'household.bankAccount':
        return clear?.bankAccount ?? undefined
      case 'household.householdPhone':
        return clear?.householdPhone ?? undefined
      case 'household.headIdNo':
        return memberOf(headId)?.idNo ?? undefined
      case 'member.idNo':
        return memberOf(memberId)?.idNo ?? undefined
      case 'member.birthOn':
        return memberOf(memberId)?.birthOn ?? undefined
      case 'member.phone':
        return memberOf(memberId)?.phone ?? undefined
      default:
        return undefined
    }
  }
}

/** Clear values live in this page only, never in the cache of answers, and are gone when the page is left. */
export function UnmaskingProvider({ card, children }: { card: HouseholdCard; children: ReactNode }) {
  const { t } = useTranslation('households')
  const [clear, setClear] = useState<Unmasked>()
  const [asked, setAsked] = useState<MaskedValue>()
  const unmask = useMutation({
    mutationFn: (body: { fields: MaskedValue[]; reason: string }) =>
      call(householdEndpoints.unmask, { params: { id: card.id }, body }),
    gcTime: 0,
    onSuccess: (answer) => {
      setClear(clear === undefined ? answer : merge(clear, answer))
      setAsked(undefined)
    },
  })
  const mayUnmask = card.allowedActions.includes('unmask')
  const unmasking = useMemo<Unmasking>(
    () => ({ mayUnmask, ask: setAsked, clearValue: clearValueOf(card, clear) }),
    [mayUnmask, card, clear],
  )
  return (
    <UnmaskingContext value={unmasking}>
      {children}
      {asked === undefined ? null : (
        <ReasonDialog
          title={t('unmask.title', { kind: t(`unmask.kinds.${asked}`) })}
          text={t('unmask.text')}
          okText={t('unmask.ok')}
          isBusy={unmask.isPending}
          error={unmask.error}
          onOk={(reason) => unmask.mutate({ fields: [asked], reason })}
          onCancel={() => {
            setAsked(undefined)
            unmask.reset()
          }}
        />
      )}
    </UnmaskingContext>
  )
}
