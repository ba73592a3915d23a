const KILO = 1024

/** `3.4 MB`, as file managers write it; for people, not for reckoning. */
export function formatBytes(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`
  if (bytes < KILO * KILO) return `${(bytes / KILO).toFixed(0)} KB`
  const mega = bytes / (KILO * KILO)
  return `${mega.toFixed(mega < 10 ? 1 : 0)} MB`
}
