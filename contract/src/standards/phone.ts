import { withoutSpaces } from './plain-text.ts'

/** The county's own telephone area, from the pack: its code and how many digits its numbers have. */
export interface TelephoneArea {
  code: string
  digits: number
}

export type PhoneReading =
  | { ok: true; phone: string; kind: 'mobile' | 'landline' }
  | { ok: false; fault: 'phone' }

/** Mobile numbers of the mainland: 11 digits, 13 to 19 at the front (公众电信网码号规划). */
const MOBILE = /^1[3-9]\d{9}$/
/** Landlines: trunk 0, area code of two or three digits, seven or eight digits. */
const LANDLINE = /^0(10|2\d|[3-9]\d{2})-?\d{7,8}$/

/**
 * Reads a phone number and writes it one way: mobiles without marks, local landlines as 0396-1234567. In the local
 * area the number of digits is known and checked.
 */
export function readPhone(raw: string, local: TelephoneArea): PhoneReading {
  const compact = withoutSpaces(raw)
    .replace(/[‐‑–—−―]/g, '-')
    .replace(/^(\+86|0086)-?/, '')
    .replace(/[()]/g, '')
  const mobile = compact.replaceAll('-', '')
  if (MOBILE.test(mobile)) return { ok: true, phone: mobile, kind: 'mobile' }
  if (compact.startsWith(local.code)) {
    const number = compact.slice(local.code.length).replace(/^-/, '')
    if (!/^\d+$/.test(number) || number.length !== local.digits) return { ok: false, fault: 'phone' }
    return { ok: true, phone: `${local.code}-${number}`, kind: 'landline' }
  }
  return LANDLINE.test(compact)
    ? { ok: true, phone: compact, kind: 'landline' }
    : { ok: false, fault: 'phone' }
}

export const PHONE_FAULT_WORDING = {
  wrong: '电话号码写法不对',
  remedy: '手机号应为11位数字；座机写成区号加号码，如“0396-1234567”',
} as const
