import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { setCsrfToken } from '../api/index.ts'
import { startI18n } from '../platform/i18n/i18n.ts'
import { server } from './server.ts'

// What jsdom lacks and Ant Design or the shell asks for.
window.matchMedia = (query) =>
  Object.assign(new EventTarget(), {
    // As for a person who asked for less motion: nothing is half shown when a test looks.
    matches: query.includes('prefers-reduced-motion'),
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
window.scrollTo = () => undefined
Element.prototype.scrollIntoView = () => undefined
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
const computedStyle = window.getComputedStyle.bind(window)
window.getComputedStyle = (element) => computedStyle(element)

// Pages are fetched when first opened: on a machine with other work to do that takes more than a second.
configure({ asyncUtilTimeout: 10_000 })

beforeAll(async () => {
  server.listen({ onUnhandledFrame: 'error' })
  await startI18n('zh-CN')
})
beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  setCsrfToken(undefined)
})
afterEach(() => {
  cleanup()
  server.resetHandlers()
})
afterAll(() => server.close())
