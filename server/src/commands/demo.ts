import { Command, InvalidArgumentError, Option } from 'commander'
import { writeDemoWorkbook } from '../modules/households/index.ts'
import { loadPack } from '../platform/packs/index.ts'
import { DEMO_TODAY, PACK } from './prepare-county.ts'

const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= low && value <= high) return value
    throw new InvalidArgumentError(`应为 ${low} 到 ${high} 之间的整数`)
  }

const percent = (text: string): number => {
  const value = Number(text)
  if (value >= 0 && value <= 100) return value
  throw new InvalidArgumentError('应为 0 到 100 之间的数')
}

/** `tiejun demo …`: invented data for trying things out. */
export const demoCommand = (): Command =>
  new Command('demo').description('演示数据（人物均为虚构）').addCommand(
    new Command('workbook')
      .description('生成一个虚构的户档工作簿，同时写出 <文件>.errors.json，列明其中埋入的每处错误')
      .addOption(new Option('--layout <layout>', '表式').choices(['flat', 'template']).default('flat'))
      .requiredOption('--households <n>', '户数', wholeNumber(1, 200_000))
      .option('--seed <n>', '随机种子，相同的种子得到相同的文件', wholeNumber(0, 999_999), 1)
      .option('--errors <percent>', '埋入错误的行所占百分比', percent, 0)
      .option('--year <year>', '收入年度', wholeNumber(2014, 2020), 2017)
      .requiredOption('--out <file>', '输出文件（.xlsx）')
      .option('--json', '以 JSON 输出结果')
      .action(async (options) => {
        const { layout, households, seed, errors, year, out, json } = options
        const workbook = { layout, households, seed, errorPercent: errors, today: DEMO_TODAY, years: [year] }
        const manifest = await writeDemoWorkbook(loadPack(PACK), workbook, out)
        const summary = { file: out, households, persons: manifest.persons, errors: manifest.errors.length }
        process.stdout.write(
          json
            ? `${JSON.stringify(summary)}\n`
            : `已写出 ${out}：${households} 户 ${manifest.persons} 人，埋入错误 ${manifest.errors.length} 处（见 ${out}.errors.json）\n`,
        )
      }),
  )
