import type { Command } from 'commander'
import { checkHashing } from '../platform/audit/chain.ts'
import { type AuditFault, type AuditReport, verifyAudit } from '../platform/audit/verify.ts'
import { runBeside } from './run-beside.ts'

interface Options {
  expectHash?: string
  json?: boolean
}

const placeOf = ({ sequence, isAfter }: AuditFault): string =>
  isAfter ? `第 ${sequence} 条之后` : `第 ${sequence} 条`

/** What is wrong, in one sentence. */
export function wordFault(fault: AuditFault): string {
  const place = placeOf(fault)
  switch (fault.kind) {
    case 'altered':
      return `${place}审计记录被改动：内容与封条不符（区块 ${fault.block}）`
    case 'removed':
      return `${place}审计记录被删除（区块 ${fault.block}）`
    case 'inserted':
      return `${place}审计记录是事后插入的：它的编号早于已封存的记录，却没有当时的封条`
    case 'reordered':
      return `${place}审计记录被调换：这里的内容封存时是第 ${fault.sealedAs} 条（区块 ${fault.block}）`
    case 'seal_altered':
      return `${place}审计记录与链不符：它（或紧接其前的记录）连同封条被改写（区块 ${fault.block}）`
    case 'block_altered':
      return `区块 ${fault.block}（到${place}为止）被改动`
    case 'block_removed':
      return `区块 ${fault.block}（${place}）被删除`
    case 'unexpected_hash':
      return '链中没有所给的摘要：记下它以后，整条链被改写过'
  }
}

function print(report: AuditReport): void {
  if (report.first) {
    console.log(`审计链有误：${wordFault(report.first)}；共发现 ${report.faults} 处。`)
    return
  }
  const sealed = `${report.blocks} 个区块、${report.entries} 条记录未被改动`
  console.log(
    `审计链完整：${sealed}，另有 ${report.unsealed} 条待封存；末块摘要 ${report.lastHash ?? '（无）'}。`,
  )
}

/** `tiejun verify`: exit code 0 when the audit is whole, 1 when not. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('核验审计链：指出第一条被改动、删除、插入或调换的审计记录')
    .option('--expect-hash <hash>', '以前在系统外记下的区块摘要；链中须有它')
    .option('--json', '输出 JSON')
    .action((options: Options) =>
      runBeside(async (pool) => {
        checkHashing()
        const report = await verifyAudit(pool, options.expectHash)
        if (options.json) console.log(JSON.stringify(report, null, 2))
        else print(report)
        if (!report.isWhole) process.exitCode = 1
      }),
    )
}
