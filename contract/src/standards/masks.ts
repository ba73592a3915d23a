/**
 * How sensitive values look to those who may not see them. Lengths are kept, so that a wrong length still shows.
 */

/**
 * 4117**********9975: the province and prefecture, and the last four by which people tell each other apart on the phone
 * and which the list can be searched by. Many offices keep the first six; here nearly all six are the county's own, and
 * together with a birth date they would give the number away. For the same reason what stands beside a masked number
 * should be the age, not the birth date. A disability card hides its type and grade too: they are health data.
 */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length < 18) return '*'.repeat(idNumber.length)
  return idNumber.slice(0, 4) + '*'.repeat(10) + idNumber.slice(14, 18) + '*'.repeat(idNumber.length - 18)
}

/** 138****5678; a landline keeps its area code: 0396-***4567. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return '*'.repeat(phone.length)
  const [areaCode, number] = phone.includes('-') ? phone.split('-', 2) : ['', phone]
  if (areaCode && number)
    return `${areaCode}-${'*'.repeat(Math.max(number.length - 4, 0))}${number.slice(-4)}`
  return phone.slice(0, 3) + '*'.repeat(phone.length - 7) + phone.slice(-4)
}

/** The last four digits, as banks print them. */
export function maskBankAccount(account: string): string {
  if (account.length < 8) return '*'.repeat(account.length)
  return '*'.repeat(account.length - 4) + account.slice(-4)
}
