import { z } from 'zod'

/** 指标: one figure of the table in the mission, what was reported, and what our records give. */
export const Figure = z
  .object({
    id: z.string(),
    label: z.string(),
    labelEn: z.string(),
    unit: z.string(),
    unitEn: z.string(),
    value: z
      .number()
      .nullable()
      .describe('Counted from records within reach; null when the module is not built yet'),
    reported: z.string().nullable().describe('As printed in the report of 2018; null for figures of our own'),
    met: z
      .boolean()
      .nullable()
      .describe('Whether our value reaches what was reported; null when one of them is missing'),
    href: z.string().nullable().describe('The list page that shows exactly the records counted'),
  })
  .meta({ id: 'Figure', description: '指标' })
export type Figure = z.infer<typeof Figure>

export const Figures = z.object({ figures: z.array(Figure) }).meta({ id: 'Figures', description: '指标表' })
