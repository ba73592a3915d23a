import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/**
 * The instant of printing while the page is being printed. The printed card is a document of its own and is made only then, be it by the
 * button, by Ctrl+P or by a program that makes a PDF: the browser says so before it lays the pages out.
 */
export function usePrinting() {
  const [printedAt, setPrintedAt] = useState<string>()
  useEffect(() => {
    const before = () => flushSync(() => setPrintedAt(new Date().toISOString()))
    const after = () => setPrintedAt(undefined)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return { printedAt, print: () => window.print() }
}
