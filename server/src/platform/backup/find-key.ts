import { readFile } from 'node:fs/promises'
import { vaultOf } from '../personal-data/vault.ts'
import { BackupError } from './backup-error.ts'
import type { OpenedBackup } from './read-backup.ts'
import { openKey } from './carried-key.ts'

const KEY_BYTES = 32

/**
 * The master key in a file; undefined when there is no such file. Nothing is made here: a new key opens no old data.
 * @throws BackupError when the file is no key
 */
export async function readKey(keyFile: string): Promise<Buffer | undefined> {
  const text = await readFile(keyFile, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new BackupError(
      `无法读取密钥文件 ${keyFile}：请检查它的读取权限。`,
      `the key cannot be read: ${cause.message}`,
      { cause },
    )
  })
  if (text === undefined) return undefined
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length === KEY_BYTES) return key
  throw new BackupError(
    `文件 ${keyFile} 不是本系统的密钥：请把 KEY_FILE 指向 secret.key。`,
    'KEY_FILE names no key',
  )
}

/** The key that opens a backup. */
export interface FoundKey {
  master: Buffer
  /** It came with the backup and stands in no file yet. */
  isCarried: boolean
}

/**
 * Finds the key of a backup: in the key file, or, when there is none, in the backup itself.
 * @param askPassphrase asked only when the key is in the backup
 * @throws BackupError when there is no key, another one, or the passphrase is wrong
 */
export async function findKey(
  { manifest }: OpenedBackup,
  keyFile: string,
  askPassphrase: () => Promise<string>,
): Promise<FoundKey> {
  const { fingerprint, carried } = manifest.key
  const key = await readKey(keyFile)
  if (key !== undefined) {
    if (vaultOf(key).fingerprint === fingerprint) return { master: key, isCarried: false }
    throw new BackupError(
      `密钥与备份不符：${keyFile} 不是备份时使用的密钥，没有恢复任何内容。${elsewhere(carried !== null)}`,
      'the key in KEY_FILE is not the one of this backup',
    )
  }
  if (carried === null) {
    throw new BackupError(
      `没有密钥：请把备份时使用的密钥文件（secret.key）放到 ${keyFile}，或用 KEY_FILE 指出它，再恢复。`,
      'the key of this backup is not there; put it in place or set KEY_FILE',
    )
  }
  const master = await openKey(carried, await askPassphrase())
  if (master !== undefined && vaultOf(master).fingerprint === fingerprint) return { master, isCarried: true }
  throw new BackupError(
    '口令不对，没有恢复任何内容：请输入备份时设定的口令。',
    'the passphrase is not the one the key was sealed with',
  )
}

const elsewhere = (isCarried: boolean): string =>
  isCarried
    ? '请用 KEY_FILE 指向原来的密钥文件，或移走这个文件，改用备份中的密钥（须输入备份时的口令）。'
    : '请用 KEY_FILE 指向原来的密钥文件。'
