/** The colours of the interface, one set for light and one for dark; CSS and Ant Design both take them from here. */
export interface Palette {
  page: string
  surface: string
  raised: string
  /** Lines around controls: 3:1 against the surface (WCAG 1.4.11). */
  line: string
  /** Lines that only divide. */
  divider: string
  text: string
  muted: string
  accent: string
  accentSoft: string
  onAccent: string
  danger: string
  dangerSoft: string
  warning: string
  warningSoft: string
  success: string
  successSoft: string
  hover: string
}

export const PALETTES: Record<'light' | 'dark', Palette> = {
  light: {
    page: '#f3f4f6',
    surface: '#ffffff',
    raised: '#fafbfc',
    line: '#8b929d',
    divider: '#e2e5e9',
    text: '#1d2127',
    muted: '#545b66',
    accent: '#1c4a82',
    accentSoft: '#e8eff8',
    onAccent: '#ffffff',
    danger: '#b3261e',
    dangerSoft: '#fbeceb',
    warning: '#7a4a00',
    warningSoft: '#fcf3df',
    success: '#1d6537',
    successSoft: '#e8f4ec',
    hover: '#f1f4f8',
  },
  dark: {
    page: '#121519',
    surface: '#1a1e23',
    raised: '#20252b',
    line: '#767e8a',
    divider: '#2c323a',
    text: '#e4e7eb',
    muted: '#a7aeb9',
    accent: '#8ab6ec',
    accentSoft: '#1e2d41',
    onAccent: '#0d1b2c',
    danger: '#f2938b',
    dangerSoft: '#3a1f1e',
    warning: '#e3b65c',
    warningSoft: '#352a14',
    success: '#80c898',
    successSoft: '#18301f',
    hover: '#232931',
  },
}

/** System fonts only: an office machine without internet shows Chinese at once. */
export const FONT_FAMILY =
  "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Helvetica Neue', Arial, sans-serif"

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Writes the palette as CSS variables (`--tj-accent-soft`) on the document. */
export function applyPalette(scheme: 'light' | 'dark', root: HTMLElement = document.documentElement) {
  for (const [name, colour] of Object.entries(PALETTES[scheme]))
    root.style.setProperty(`--tj-${kebab(name)}`, colour)
  root.style.setProperty('--tj-font', FONT_FAMILY)
  root.style.colorScheme = scheme
  root.dataset['scheme'] = scheme
}
