import { householdEndpoints } from '@tiejun/contract/households/endpoints.ts'
import { Select } from 'antd'
import type { TFunction } from 'i18next'
import { call } from '../../../api/index.ts'
import type { ListFilter } from '../../../ui/list/filters.tsx'
import { AreaSelect } from '../AreaSelect.tsx'
import type { CardWords } from '../fields/card-words.ts'

/** The server keeps what was searched for; only the id it gives stands in the address. */
const seal = async (text: string) => (await call(householdEndpoints.search, { body: { text } })).id

/** What the endpoint takes when nothing is said: so the box says it too, and no "any". */
const PRESENT = 'no'

/** The filters of the list, in the endpoint's own names. */
export function personFilters(t: TFunction<'persons'>, words: CardWords): ListFilter[] {
  const choice = (name: string, label: string, enumeration: string, isExtra: boolean): ListFilter => ({
    kind: 'choice',
    name,
    label,
    isMultiple: true,
    isExtra,
    options: words.options(enumeration),
  })
  return [
    {
      kind: 'search',
      name: 'search',
      label: t('filters.search'),
      placeholder: t('filters.searchPlaceholder'),
      seal,
    },
    {
      kind: 'custom',
      name: 'area',
      label: t('filters.area'),
      render: (values, onChange, id) => (
        <AreaSelect id={id} value={values[0]} onChange={(code) => onChange(code === null ? [] : [code])} />
      ),
    },
    choice('health', t('columns.health'), 'health', false),
    choice('labourSkill', t('columns.labourSkill'), 'labour_skill', false),
    choice('relation', t('columns.relation'), 'relation', true),
    choice('category', t('columns.poorAttribute'), 'poor_attribute', true),
    {
      kind: 'custom',
      name: 'hasLeft',
      label: t('filters.hasLeft'),
      isExtra: true,
      render: (values, onChange, id) => (
        <Select
          id={id}
          value={values[0] ?? PRESENT}
          options={[PRESENT, 'yes', 'any'].map((value) => ({ value, label: t(`filters.left.${value}`) }))}
          onChange={(value) => onChange(value === PRESENT ? [] : [value])}
          style={{ width: '100%' }}
        />
      ),
    },
  ]
}
