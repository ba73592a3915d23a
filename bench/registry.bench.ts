import { openBenchCounty } from './county.ts'
import type { Bench } from './main.ts'
import { measureImporting } from './registry/importing.ts'
import { measureReading } from './registry/reading.ts'

/** The household registry at the size of a county: import, list, search, card. */
export const bench: Bench = async (options) => {
  const county = await openBenchCounty(options.onProgress)
  try {
    const importing = await measureImporting(county, options)
    await county.platform.db.pool.query('ANALYZE')
    options.onProgress('list, search and card')
    return [...importing, ...(await measureReading(county))]
  } finally {
    await county.close()
  }
}
