/** Where a person was in a list: the filters, the page, the record opened last. Forgotten with the tab. */
const keyOf = (path: string) => `tiejun.place:${path}`

export function rememberPlace(path: string, search: string) {
  sessionStorage.setItem(keyOf(path), search)
}

/** The address of a list as it was left, for breadcrumbs and “back to the list”. */
export const rememberedPlace = (path: string): string => path + (sessionStorage.getItem(keyOf(path)) ?? '')

export function rememberOpened(path: string, rowKey: string) {
  sessionStorage.setItem(`${keyOf(path)}:opened`, rowKey)
}

export const openedLast = (path: string): string | undefined =>
  sessionStorage.getItem(`${keyOf(path)}:opened`) ?? undefined
