// Functions that run inside the page: each is whole in itself and knows nothing from outside.

/** A word in Latin letters somebody can see or hear read out, and where. */
export interface FoundWord {
  word: string
  text: string
}

/** Words of two and more Latin letters in visible text and in labels, but not in codes and in parts marked as another language. */
export function findLatinWords(): FoundWord[] {
  const isForeign = (element: Element) =>
    element.closest('[lang]:not([lang^="zh"]), code, .tj-mono, script, style, noscript') !== null
  const isSeen = (element: Element) =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
  const texts: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent !== null && !isForeign(parent) && isSeen(parent)) texts.push(node.textContent ?? '')
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      // What stands inside a labelled button is not read out beside its label.
      const isInside = element.parentElement?.closest('[aria-hidden="true"], button[aria-label]') !== null
      const isReadOut = !isInside || name === 'title'
      if (isReadOut && !isForeign(element) && isSeen(element)) texts.push(element.getAttribute(name) ?? '')
    }
  }
  texts.push(document.title)
  return texts.flatMap((text) =>
    (text.match(/[A-Za-z]{2,}/g) ?? []).map((word) => ({ word, text: text.trim() })),
  )
}

/** Text that reaches out of the box that cuts it off, out of its own button or cell, or out of the page. */
export function findClippedText(): string[] {
  const SLACK = 1.5
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth + 1)
    found.push(`the page is ${root.scrollWidth} wide, the window ${root.clientWidth}`)

  const isBox = (element: Element) =>
    element.matches('button, a[class*="btn"], td, th, label, legend, summary')
  /** For screen readers only: cut off on purpose. */
  const isHiddenOnPurpose = (box: DOMRect) => box.width <= 2 || box.height <= 2
  const reachesOut = (text: DOMRect, box: DOMRect) =>
    text.right > box.right + SLACK || text.left < box.left - SLACK

  const whatCuts = (parent: Element, text: DOMRect): string | undefined => {
    for (let element: Element | null = parent; element !== null; element = element.parentElement) {
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (style.position === 'fixed' && !isHiddenOnPurpose(box)) return undefined
      if (isHiddenOnPurpose(box) && style.overflowX !== 'visible') return undefined
      if (element.closest('[title]') !== null && style.textOverflow === 'ellipsis') return undefined
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') return undefined
      const cuts = style.overflowX === 'hidden' || style.overflowX === 'clip'
      if ((cuts || isBox(element)) && style.display !== 'inline' && reachesOut(text, box))
        return `${element.tagName.toLowerCase()}.${element.className}`
    }
    return undefined
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent === null || (node.textContent ?? '').trim() === '') continue
    if (parent.closest('[aria-hidden="true"], script, style, noscript, option') !== null) continue
    if (!parent.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const text = range.getBoundingClientRect()
    const cutter = text.width === 0 ? undefined : whatCuts(parent, text)
    if (cutter !== undefined)
      found.push(`"${(node.textContent ?? '').trim().slice(0, 40)}" is cut by ${cutter}`)
  }
  return found
}
