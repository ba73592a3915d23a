/** As the server takes it (its `uploadLimit`); asked here first, so that nobody waits for a refusal. */
export const LARGEST_FILE_BYTES = 512 * 1024 * 1024

export type FileRefusal =
  | { reason: 'kind'; kind: 'legacy_xls' | 'other_format' | 'empty_file' }
  | { reason: 'tooLarge' }

/** What is wrong with a file even before it is sent; undefined when it may be. The server looks inside. */
export function refusalOf(file: Pick<File, 'name' | 'size'>): FileRefusal | undefined {
  if (/\.(xls|et)$/i.test(file.name)) return { reason: 'kind', kind: 'legacy_xls' }
  if (!/\.(xlsx|csv)$/i.test(file.name)) return { reason: 'kind', kind: 'other_format' }
  if (file.size === 0) return { reason: 'kind', kind: 'empty_file' }
  if (file.size > LARGEST_FILE_BYTES) return { reason: 'tooLarge' }
  return undefined
}
