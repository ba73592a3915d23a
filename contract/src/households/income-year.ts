import { count, money, requiredYear, sum } from './field-kinds.ts'

const part = (meaning: string, source = 'S2') => money(meaning, { source, personal: 'personal' })
const total = (meaning: string, minimum = 0) =>
  sum(meaning, { source: 'S2', origin: 'derived', personal: 'personal', minimum })

/**
 * 年度收入: one row per household and year. Only the parts are entered; the four kinds, gross, net and per-capita
 * income are computed (see `incomeTotals`).
 *
 * Where the rewards count: 就业奖励 and 产业奖励 are paid by government to reward work and production, so they are
 * policy subsidies (政策性生产补贴、政策性生活补贴) and count as transfer income by the definition of 转移性收入 in the
 * National Bureau of Statistics' household survey (住户收支与生活状况调查方案). The national export prints them
 * as columns of their own outside 其他工资性收入 and 生产经营性收入.
 *
 * Older tables give only the total of a kind: the import puts a total without parts into the kind's `…Other` part.
 */
export const incomeYearTyped = {
  year: requiredYear('Calendar year of the income; one row per household and year', {
    source: 'BK',
    minimum: 2010,
  }),
  wagePublicPostFen: part('Wages of public-service posts'),
  wageOtherFen: part('Other wages'),
  employmentRewardFen: part('Government reward for taking up work; counts as transfer income'),
  industryRewardFen: part('Government reward for production; counts as transfer income'),
  businessFen: part('Income from production and business, before costs'),
  businessCostFen: part('Costs of production and business, in all'),
  businessCostSubsidyFen: part('Subsidy given to reduce those costs'),
  propertyDividendFen: part('Dividends of asset-income programmes, photovoltaic dividends among them'),
  propertyOtherFen: part('Other property income'),
  familyPlanningFen: part('Family-planning money'),
  dibaoFen: part('Minimum living allowance (dibao)'),
  tekunFen: part('Support of destitute persons (tekun), formerly the five guarantees'),
  pensionFen: part('Pensions'),
  ecoCompensationFen: part('Ecological compensation'),
  transferOtherFen: part('Other transfer income'),
  rigidExpenseFen: part(
    'Unavoidable spending on illness, schooling and accidents; no part of the net income',
    'BK',
  ),
  yearMemberCount: count('Members in the year: divisor of the per-capita income', {
    source: 'S2',
    unit: 'persons',
    minimum: 1,
    maximum: 99,
  }),
  membersJan: count('Members on 1 January of the year', { source: 'S3', unit: 'persons', maximum: 99 }),
  membersDec: count('Members on 31 December of the year', { source: 'S3', unit: 'persons', maximum: 99 }),
}

const MOST_NEGATIVE_FEN = Number.MIN_SAFE_INTEGER

export const incomeYearDerived = {
  wageFen: total('Wage income: public-service posts and other wages'),
  propertyFen: total('Property income: dividends and other'),
  transferFen: total('Transfer income: its six parts and the two rewards'),
  grossFen: total('Gross income: wages, business, property and transfer'),
  netFen: total(
    'Net income: gross less the costs that subsidies did not cover; may be negative',
    MOST_NEGATIVE_FEN,
  ),
  netPerCapitaFen: money('Net income per head, rounded half up to the fen; null without a member count', {
    source: 'S1,S2',
    origin: 'derived',
    personal: 'personal',
    minimum: MOST_NEGATIVE_FEN,
    maximum: Number.MAX_SAFE_INTEGER,
  }),
}

/** Which columns make up each computed kind; SQL that computes them must add up the same ones. */
export const INCOME_PARTS = {
  wageFen: ['wagePublicPostFen', 'wageOtherFen'],
  propertyFen: ['propertyDividendFen', 'propertyOtherFen'],
  transferFen: [
    'familyPlanningFen',
    'dibaoFen',
    'tekunFen',
    'pensionFen',
    'ecoCompensationFen',
    'transferOtherFen',
    'employmentRewardFen',
    'industryRewardFen',
  ],
} as const satisfies Record<string, readonly (keyof typeof incomeYearTyped)[]>

export type IncomeParts = {
  [Name in Exclude<keyof typeof incomeYearTyped, 'year'>]?: number | null | undefined
}

export interface IncomeTotals {
  wageFen: number
  propertyFen: number
  transferFen: number
  grossFen: number
  netFen: number
  netPerCapitaFen: number | null
}

/**
 * The computed figures of one year. gross = wage + business + property + transfer; net = gross − (costs − subsidy),
 * as the national export defines 年收入 and 纯收入. A part nobody entered counts as 0.
 */
export function incomeTotals(parts: IncomeParts): IncomeTotals {
  const add = (names: readonly (keyof IncomeParts)[]) =>
    names.reduce((fen, name) => fen + (parts[name] ?? 0), 0)
  const wageFen = add(INCOME_PARTS.wageFen)
  const propertyFen = add(INCOME_PARTS.propertyFen)
  const transferFen = add(INCOME_PARTS.transferFen)
  const grossFen = wageFen + add(['businessFen']) + propertyFen + transferFen
  const netFen = grossFen - add(['businessCostFen']) + add(['businessCostSubsidyFen'])
  return {
    wageFen,
    propertyFen,
    transferFen,
    grossFen,
    netFen,
    netPerCapitaFen: perHead(netFen, parts.yearMemberCount),
  }
}

/** Half up means towards the larger amount, also below zero: floor(x + 1/2), so that SQL can say the same. */
function perHead(netFen: number, members: number | null | undefined): number | null {
  if (!members) return null
  return Math.floor((2 * netFen + members) / (2 * members))
}
