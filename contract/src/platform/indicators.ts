import { z } from 'zod'
import { asOfAnswer } from './as-of.ts'

/**
 * 指标的分组: `report` is the table the report of 2018 printed; the others are counted from the registry.
 * A page shows the groups in this order.
 */
export const FigureGroup = z.enum(['report', 'registry', 'category', 'cause'])
export type FigureGroup = z.infer<typeof FigureGroup>

/** 指标: one figure, what was reported, and what our records give. */
export const Figure = z
  .object({
    id: z.string().meta({ example: 'working_groups' }),
    group: FigureGroup,
    label: z.string(),
    labelEn: z.string(),
    unit: z.string(),
    unitEn: z.string(),
    counts: z.string().describe('What exactly is counted, Chinese'),
    countsEn: z.string(),
    value: z
      .number()
      .nullable()
      .describe('Counted from records within reach; null when the module is not built yet'),
    reported: z.string().nullable().describe('As printed in the report of 2018; null for figures of our own'),
    met: z
      .boolean()
      .nullable()
      .describe('Whether our value reaches what was reported; null when one of them is missing'),
    href: z
      .string()
      .nullable()
      .describe(
        'The page of the web that shows exactly the records counted; null when there are none to show or the ' +
          'asking user may not open it for the same reach; in the past, where that page cannot show the past',
      ),
  })
  .meta({ id: 'Figure', description: '指标' })
export type Figure = z.infer<typeof Figure>

export const Figures = z
  .object({ figures: z.array(Figure), ...asOfAnswer })
  .meta({ id: 'Figures', description: '指标表' })
export type Figures = z.infer<typeof Figures>
