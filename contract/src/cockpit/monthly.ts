import { z } from 'zod'

const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)

/** Ten years: what one picture can show. */
export const MOST_MONTHS = 120

/** Months shown when nothing else is asked for. */
export const USUAL_MONTHS = 24

/** 按月查看成效数字: the first and last month, both included. */
export const MonthlyQuery = z.strictObject({
  from: month
    .optional()
    .describe(`First month; when left out so that there are ${USUAL_MONTHS}`)
    .meta({ example: '2016-01' }),
  to: month
    .optional()
    .describe(
      `Last month, the present one when left out, at most ${MOST_MONTHS} with the first; the present one is counted up to now`,
    )
    .meta({ example: '2018-03' }),
})
export type MonthlyQuery = z.infer<typeof MonthlyQuery>

/** 一项指标逐月的数. */
export const MonthlySeries = z
  .object({
    id: z.string().describe('As in GET /figures').meta({ example: 'households' }),
    label: z.string(),
    labelEn: z.string(),
    unit: z.string(),
    unitEn: z.string(),
    values: z
      .array(z.number().int().nullable())
      .describe('One for each month: counted within reach as known at its end; null before the first record'),
  })
  .meta({ id: 'MonthlySeries', description: '指标逐月的数' })
export type MonthlySeries = z.infer<typeof MonthlySeries>

/** 逐月成效数字. */
export const MonthlyFigures = z
  .object({
    months: z.array(
      z.object({
        month,
        asOf: z.iso
          .datetime({ offset: true })
          .describe(
            'The end of the month, of the present month now; GET /figures?asOf= gives the same numbers',
          ),
      }),
    ),
    series: z.array(MonthlySeries).describe('Households, persons, then each category'),
  })
  .meta({ id: 'MonthlyFigures', description: '逐月成效数字' })
export type MonthlyFigures = z.infer<typeof MonthlyFigures>
