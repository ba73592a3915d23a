import { z } from 'zod'
import { CARD_SECTIONS } from './fields.ts'
import { MaskedValue } from './allowed.ts'

const words = z.object({ zh: z.string(), en: z.string() })

/** One field of the card with its wording from the pack and its facts from the contract. */
export const CardFieldInfo = z
  .object({
    key: z.string().describe('entity.name, e.g. member.idNo'),
    entity: z.string(),
    section: z.enum(CARD_SECTIONS),
    name: z.string(),
    label: words.describe('Label as printed on the card'),
    short: z.string().nullable().describe('Chinese label for the screen where the printed one is clumsy'),
    hint: z.string().describe('One sentence for whoever fills it in'),
    type: z.enum([
      'text',
      'year',
      'month',
      'date',
      'boolean',
      'integer',
      'money',
      'decimal',
      'enumeration',
      'enumerations',
    ]),
    origin: z
      .enum(['typed', 'settled', 'derived'])
      .describe('settled: filled from the ID number when that tells it'),
    personal: z.enum(['none', 'personal', 'sensitive']),
    masked: MaskedValue.nullable().describe('Masked on the way out; clear by POST /households/:id/unmask'),
    required: z.boolean(),
    enumeration: z.string().nullable(),
    unit: z.string().nullable(),
    maxLength: z.number().int().nullable(),
    minimum: z.number().nullable().describe('Smallest value; fen for money'),
    maximum: z.number().nullable().describe('Largest value; fen for money'),
    scale: z.number().int().nullable().describe('Digits after the point'),
    maxItems: z.number().int().nullable(),
  })
  .meta({ id: 'CardFieldInfo', description: '户卡字段' })
export type CardFieldInfo = z.infer<typeof CardFieldInfo>

export const CardFields = z
  .object({
    pack: z.string().describe('Code of the policy pack'),
    groups: z.array(z.object({ id: z.string(), name: words, fields: z.array(CardFieldInfo) })),
    enumerations: z.record(
      z.string(),
      z.object({
        name: words,
        values: z.array(
          words.extend({
            code: z.string(),
            from: z.number().int().nullable().describe('First year in force'),
            until: z.number().int().nullable().describe('Last year in force'),
          }),
        ),
      }),
    ),
    povertyLines: z.array(
      z.object({
        year: z.number().int(),
        workingFen: z.number().int().describe('Line the province worked with, fen per head and year'),
        nationalFen: z.number().int(),
        basis: z.string(),
      }),
    ),
  })
  .meta({ id: 'CardFields', description: '户卡字段与枚举' })
export type CardFields = z.infer<typeof CardFields>
