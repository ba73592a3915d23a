import { Command } from 'commander'
import { addBackup } from './commands/backup.ts'
import { demoCommand } from './commands/demo.ts'
import { addFigures } from './commands/figures.ts'
import { addRestore } from './commands/restore.ts'
import { serve } from './commands/serve.ts'
import { start } from './commands/start.ts'
import { addVerify } from './commands/verify.ts'

const program = new Command('tiejun').description('铁军：县脱贫攻坚办公室工作系统')

program
  .command('start')
  .description('启动系统（npm start）')
  .option('--no-demo', '数据库为空时只装入政策包，不建演示县（同 COUNTY=empty）')
  .action(({ demo }: { demo: boolean }) => {
    if (!demo) process.env['COUNTY'] = 'empty'
    return start(serve)
  })

program.addCommand(demoCommand())

addFigures(program)
addVerify(program)
addBackup(program)
addRestore(program)

await program.parseAsync()
