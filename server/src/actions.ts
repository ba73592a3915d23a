import { areaActions } from '@tiejun/contract/areas/actions.ts'
import { cockpitActions } from '@tiejun/contract/cockpit/actions.ts'
import { householdActions } from '@tiejun/contract/households/actions.ts'
import { organisationActions } from '@tiejun/contract/organisation/actions.ts'
import type { ActionInfo } from '@tiejun/contract/platform/permissions.ts'

/** Everything a post may allow, declared by the modules, in their order. */
export const ACTIONS: readonly ActionInfo[] = [
  ...areaActions,
  ...organisationActions,
  ...householdActions,
  ...cockpitActions,
]
