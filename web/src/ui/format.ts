/** How facts are written for people. Instants are shown in the county's time, wherever the browser is. */
const ZONE = 'Asia/Shanghai'

const instantFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `2026-11-24 09:30:05`, for an ISO instant; empty for null. */
export const formatInstant = (instant: string | null | undefined): string =>
  instant === null || instant === undefined ? '' : instantFormat.format(Date.parse(instant))

/** `12,345` */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1,234.50` for 123450 fen; by whole numbers, so that nothing is rounded. Empty for null. */
export function formatYuan(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return ''
  const size = Math.abs(fen)
  const yuan = formatCount(Math.trunc(size / 100))
  return `${fen < 0 ? '-' : ''}${yuan}.${String(size % 100).padStart(2, '0')}`
}
