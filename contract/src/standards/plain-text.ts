/**
 * Makes one spelling of what people and spreadsheets write in many: full-width letters and digits become half-width
 * (Unicode NFKC, which also turns （ into (), every kind of white space goes, invisible marks go.
 */
export function withoutSpaces(raw: string): string {
  return raw.normalize('NFKC').replace(/[\s\u200B-\u200F\u2060\uFEFF]/g, '')
}
