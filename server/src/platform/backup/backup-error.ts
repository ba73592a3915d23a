import { StartupError } from '../startup-error.ts'

/** What keeps a backup or a restore from being done: one sentence in Chinese, then in English, saying what to do. */
export class BackupError extends StartupError {
  constructor(chinese: string, english: string, options?: ErrorOptions) {
    super(chinese, english, options)
    this.name = 'BackupError'
  }
}

export const damaged = (path: string, english: string, options?: ErrorOptions): BackupError =>
  new BackupError(
    `备份文件 ${path} 已损坏或不完整，没有恢复任何内容：请重新复制一份，或改用另一份备份。`,
    `the backup is damaged or incomplete: ${english}`,
    options,
  )
