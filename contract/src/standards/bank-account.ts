import { withoutSpaces } from './plain-text.ts'

export type BankAccountReading =
  | { ok: true; account: string; warning: 'luhn' | null }
  | { ok: false; fault: 'spreadsheet_number' | 'charset' | 'length' }

/** ISO/IEC 7812-1 annex B: the double-add-double check of card numbers. */
export function satisfiesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = place % 2 === 1 ? Number(digit) * 2 : Number(digit)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/**
 * Reads the account of the all-in-one card. Card numbers (16 to 19 digits) that fail the Luhn check only get a
 * warning, because some old cards of provincial rural credit unions do not satisfy it; passbooks have no check digit.
 */
export function readBankAccount(raw: string): BankAccountReading {
  const account = withoutSpaces(raw).replaceAll('-', '')
  if (/^\d(\.\d+)?E\+?\d+$/i.test(account)) return { ok: false, fault: 'spreadsheet_number' }
  if (!/^\d*$/.test(account)) return { ok: false, fault: 'charset' }
  if (account.length < 9 || account.length > 30) return { ok: false, fault: 'length' }
  const isCard = account.length >= 16 && account.length <= 19
  return { ok: true, account, warning: isCard && !satisfiesLuhn(account) ? 'luhn' : null }
}

export const BANK_ACCOUNT_WORDING = {
  spreadsheet_number: {
    wrong: '银行账号被电子表格变成了数值，后几位已经丢失',
    remedy: '把这一列设为文本格式，按银行卡重新输入',
  },
  charset: { wrong: '银行账号里有不是数字的字符', remedy: '请只填数字' },
  length: { wrong: '银行账号位数不对', remedy: '银行卡号一般为16到19位，请按银行卡或存折核对' },
  luhn: { wrong: '银行卡号校验位不符', remedy: '请按银行卡核对；少数老的农信卡不满足校验，核对无误可以保留' },
} as const
