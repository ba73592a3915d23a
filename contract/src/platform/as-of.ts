import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })

/** An instant, or a date for the end of that day in Asia/Shanghai. */
export const AsOf = z.union([z.iso.date(), instant])

/** 截至: what the county knew then. Spread into the query of a request that can read the past. */
export const asOfQuery = {
  asOf: AsOf.optional().describe(
    'Read what was known then: an instant, or a date for the end of that day in Asia/Shanghai (for today: this ' +
      'moment). With the rights, reach and masks of today; nothing can be done to the past. Before the first ' +
      'record and in the future: 422 as_of_out_of_range, its `detail` the `earliest` and `latest` instant',
  ),
}

/** Spread into the answer of such a request. */
export const asOfAnswer = {
  asOf: instant.optional().describe('The instant it was read as of; absent when it was read now'),
}

/** The refusals a request that can read the past adds. */
export const AS_OF_ERRORS = ['as_of_out_of_range'] as const
