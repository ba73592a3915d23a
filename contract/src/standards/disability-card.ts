import { normaliseIdNumber, readIdNumber } from './id-number.ts'
import type { IdNumberFacts, IdNumberFault } from './id-number.ts'

export type DisabilityCardFault = IdNumberFault | 'disability_type' | 'disability_grade' | 'reissue'

/** 残疾类别 in the order of the card's 19th character, 1 to 7. */
const TYPES = ['sight', 'hearing', 'speech', 'limbs', 'intellect', 'mental', 'multiple'] as const
/** 残疾等级 in the order of the card's 20th character, 1 (most severe) to 4. */
const GRADES = ['one', 'two', 'three', 'four'] as const

export interface DisabilityCardFacts extends IdNumberFacts {
  cardNumber: string
  disabilityType: (typeof TYPES)[number]
  disabilityGrade: (typeof GRADES)[number]
  /** 0 for the first card, 1 for B1 … 9 for B9. */
  reissue: number
}

export type DisabilityCardReading =
  | ({ ok: true } & DisabilityCardFacts)
  | { ok: false; fault: DisabilityCardFault }

/**
 * Reads a number of the second-generation disability card (中华人民共和国残疾人证管理办法): the 18-digit identity number,
 * the type 1–7, the grade 1–4, and B1…B9 after a re-issue.
 */
export function readDisabilityCard(raw: string, today: string): DisabilityCardReading {
  const cardNumber = normaliseIdNumber(raw)
  if (/^\d(\.\d+)?E\+?\d+$/.test(cardNumber)) return { ok: false, fault: 'spreadsheet_number' }
  if (cardNumber.length !== 20 && cardNumber.length !== 22) return { ok: false, fault: 'length' }
  const person = readIdNumber(cardNumber.slice(0, 18), today)
  if (!person.ok) return person
  const disabilityType = TYPES[Number(cardNumber.charAt(18)) - 1]
  const disabilityGrade = GRADES[Number(cardNumber.charAt(19)) - 1]
  if (!disabilityType) return { ok: false, fault: 'disability_type' }
  if (!disabilityGrade) return { ok: false, fault: 'disability_grade' }
  if (!/^(B[1-9])?$/.test(cardNumber.slice(20))) return { ok: false, fault: 'reissue' }
  return { ...person, cardNumber, disabilityType, disabilityGrade, reissue: Number(cardNumber.charAt(21)) }
}

/** What any 18-, 20- or 22-character document number says; the disability facts are null for an identity number. */
export type DocumentReading =
  | ({ ok: true; documentNumber: string; disability: DisabilityCardFacts | null } & IdNumberFacts)
  | { ok: false; fault: DisabilityCardFault }

/**
 * Reads an identity or disability-card number by its length, as the national system's data-quality rules do (18, 20 or
 * 22 characters). Not for officers' cards or people without a document: those numbers follow no rule.
 */
export function readDocumentNumber(raw: string, today: string): DocumentReading {
  const documentNumber = normaliseIdNumber(raw)
  if (documentNumber.length > 18) {
    const card = readDisabilityCard(documentNumber, today)
    return card.ok ? { ...card, documentNumber, disability: card } : card
  }
  const person = readIdNumber(documentNumber, today)
  return person.ok ? { ...person, documentNumber, disability: null } : person
}

/** What is wrong and what to do, in the words of the table of import problems; never repeats the number itself. */
export const DOCUMENT_FAULT_WORDING: Record<DisabilityCardFault, { wrong: string; remedy: string }> = {
  spreadsheet_number: {
    wrong: '证件号码被电子表格变成了数值，后几位已经丢失',
    remedy: '把这一列设为文本格式，按证件重新输入',
  },
  length: { wrong: '证件号码位数不对', remedy: '身份证号应为18位，残疾人证号应为20位或22位，请按证件核对' },
  charset: { wrong: '证件号码里有不该有的字符', remedy: '只能是数字，身份证号最后一位可以是X，请按证件核对' },
  region: { wrong: '证件号码前六位不是行政区划代码', remedy: '请按证件核对前六位' },
  birth_date: { wrong: '证件号码中的出生日期不存在', remedy: '请按证件核对第7到14位' },
  future_birth_date: { wrong: '证件号码中的出生日期晚于今天', remedy: '请按证件核对第7到14位' },
  checksum: { wrong: '证件号码校验码不对，有一位或几位抄错', remedy: '请按证件逐位核对' },
  disability_type: { wrong: '残疾人证号第19位（残疾类别）应为1到7', remedy: '请按残疾人证核对' },
  disability_grade: { wrong: '残疾人证号第20位（残疾等级）应为1到4', remedy: '请按残疾人证核对' },
  reissue: {
    wrong: '残疾人证号末两位（补办次数）应为B1到B9',
    remedy: '请按残疾人证核对，没有补办过的只有20位',
  },
}
