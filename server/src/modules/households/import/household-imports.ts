import { PassThrough, type Readable } from 'node:stream'
import type { Pack } from '@tiejun/contract/platform/packs.ts'
import { writeWorkbook } from '../../../platform/workbooks/index.ts'
import type { HouseholdMeans } from '../means.ts'
import type { Actor } from '../../../platform/permissions/actor.ts'
import { checkRunner } from './check-runner.ts'
import { errorWorkbook } from './error-workbook.ts'
import type { ImportMeans } from './import-means.ts'
import { importMeans } from './import-means.ts'
import { importService } from './import.service.ts'
import { stepsService } from './steps.service.ts'
import { templateDefinition } from './template-workbook.ts'

/** The import of household workbooks: everything its routes and the command line may ask for. */
export function householdImports(
  parts: Omit<HouseholdMeans, 'facts'>,
  pack: Pack,
  onFailure: ImportMeans['onFailure'],
) {
  const means = importMeans(parts, pack, onFailure)
  const runner = checkRunner(means)
  return {
    ...importService(means, runner),
    ...stepsService(means),
    errorWorkbook: (actor: Actor, id: string) => errorWorkbook(means, actor, id),
    template: (): Readable => {
      const stream = new PassThrough()
      void writeWorkbook(templateDefinition(means.vocabulary), stream).catch((error: unknown) =>
        stream.destroy(error instanceof Error ? error : new Error('unwritten')),
      )
      return stream
    },
    /** Ends the checks under way; they count as interrupted and can be begun again. */
    close: () => runner.close(),
  }
}
export type HouseholdImports = ReturnType<typeof householdImports>
