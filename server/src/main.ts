import { Command } from 'commander'
import { serve } from './commands/serve.ts'
import { start } from './commands/start.ts'

const program = new Command('tiejun').description('铁军：县脱贫攻坚办公室工作系统')

program
  .command('start')
  .description('启动系统（npm start）')
  .action(() => start(serve))

await program.parseAsync()
