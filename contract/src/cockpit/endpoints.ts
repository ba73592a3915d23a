import { z } from 'zod'
import { AS_OF_ERRORS, asOfQuery } from '../platform/as-of.ts'
import { endpoint } from '../platform/endpoints.ts'
import { Figures } from '../platform/indicators.ts'
import { MonthlyFigures, MonthlyQuery } from './monthly.ts'

export const cockpitEndpoints = {
  figures: endpoint({
    method: 'GET',
    path: '/figures',
    summary: '成效数字：报道的数字与本系统记录算出的数字',
    description:
      'The figures of the report in its order, then those of the registry. Every value is counted from records within ' +
      'reach at the moment of asking, or as of an earlier one; figures of modules not built yet have value null.',
    action: 'figures.view',
    query: z.strictObject(asOfQuery),
    response: Figures,
    errors: ['unknown_filter', ...AS_OF_ERRORS],
  }),
  monthly: endpoint({
    method: 'GET',
    path: '/figures/monthly',
    summary: '逐月成效数字：户数、人数、各类户数在每月末的情况',
    description:
      'Counted from the history of the registry: the number of a month is what was known at its end, with the reach ' +
      'of today. A later correction does not change it.',
    action: 'figures.view',
    query: MonthlyQuery,
    response: MonthlyFigures,
    errors: ['unknown_filter', 'invalid_fields'],
  }),
}
