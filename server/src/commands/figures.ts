import type { Command } from 'commander'
import { cockpitService } from '../modules/cockpit/index.ts'
import { systemClock } from '../platform/clock/clock.ts'
import { openDatabase } from '../platform/database/database.ts'
import { countyPack } from '../platform/packs/index.ts'
import { processActor } from '../platform/permissions/actor.ts'
import { runBeside } from './run-beside.ts'

const wordMet = (met: boolean | null): string => (met === null ? '' : met ? '达到' : '未达到')

/** `tiejun figures`: the figures of the whole county. */
export function addFigures(program: Command): void {
  program
    .command('figures')
    .description('成效数字：报道的数字与本系统记录算出的数字')
    .option('--json', '输出 JSON：[{id, label, unit, value, reported, met}]')
    .action(({ json }: { json?: boolean }) =>
      runBeside(async (pool) => {
        const service = cockpitService(await openDatabase(pool, systemClock), systemClock, countyPack())
        const { figures } = await service.figures(processActor('figures'))
        if (json) {
          const rows = figures.map(({ id, label, unit, value, reported, met }) => ({
            id,
            label,
            unit,
            value,
            reported,
            met,
          }))
          console.log(JSON.stringify(rows, null, 2))
          return
        }
        for (const { label, unit, value, reported, met } of figures) {
          const ours = value === null ? '尚未建设' : `${value} ${unit}`
          console.log([label, reported === null ? '' : `报道 ${reported}`, ours, wordMet(met)].join('\t'))
        }
      }),
    )
}
