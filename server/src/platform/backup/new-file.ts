import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BackupError } from './backup-error.ts'
import { errorCodeOf } from '../error-code.ts'

/** A file that appears under its name only when it is complete. */
export interface NewFile {
  write(bytes: Buffer): Promise<void>
  /** Everything is on the disk and stands under its name when this returns. */
  keep(): Promise<void>
  discard(): Promise<void>
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const taken = (path: string): BackupError =>
  new BackupError(
    `文件 ${path} 已经存在，不会覆盖：请换一个文件名，或先移走它。`,
    'the file exists and is not overwritten; choose another name',
  )

/**
 * Opens a file that only its owner may read, under a temporary name beside the one wanted.
 * @throws BackupError when the name is taken or nothing can be written there
 */
export async function openNewFile(path: string): Promise<NewFile> {
  if (await exists(path)) throw taken(path)
  const unfinished = `${path}.unfinished-${process.pid}`
  const handle = await open(unfinished, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(path, error)
  })
  const discard = async () => {
    await handle.close().catch(() => undefined)
    await unlink(unfinished).catch(() => undefined)
  }
  const explained = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: NodeJS.ErrnoException) => Promise.reject(cannotWrite(path, error)))
  return {
    discard,
    write: (bytes) => explained(writeWhole(handle, bytes)),
    keep: async () => {
      await explained(handle.sync())
      await handle.close()
      await giveName(unfinished, path)
      await syncDirectory(dirname(path))
    },
  }
}

async function writeWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten
}

/** A link refuses a name that was taken meanwhile; memory sticks know no links. */
async function giveName(unfinished: string, path: string): Promise<void> {
  try {
    await link(unfinished, path)
    await unlink(unfinished)
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST' || (await exists(path))) throw taken(path)
    await rename(unfinished, path)
  }
}

/** Without it the name could be lost in a power failure, though the contents are there. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  // Some file systems cannot do this for directories.
  await handle.sync().catch(() => undefined)
  await handle.close()
}

function cannotWrite(path: string, error: NodeJS.ErrnoException): BackupError {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new BackupError(
      `磁盘空间不足，备份没有完成，未留下文件：请腾出空间，或把 ${path} 换到别的磁盘。`,
      'no space left on the disk; nothing is left behind',
    )
  }
  if (error.code === 'EFBIG') {
    return new BackupError(
      `备份超过了该磁盘允许的单个文件大小，没有完成，未留下文件：请把 ${path} 换到别的磁盘（FAT32 的 U 盘最大 4 GB）。`,
      'the file system does not allow a file of this size; nothing is left behind',
    )
  }
  return new BackupError(
    `无法写入 ${path}：请检查所在目录是否存在、是否有写入权限。`,
    `cannot write the backup: ${error.message}`,
    { cause: error },
  )
}
