import { ImportEntity, type ImportCounts } from '@tiejun/contract/households/import.ts'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable, formatCount } from '../../../ui/index.ts'
import { PART_OF } from './counts.rules.ts'

type Count = 'new' | 'changed' | 'unchanged' | 'conflicting' | 'faulty' | 'rows'

interface CountsTableProps {
  label: string
  counts: ImportCounts
  kinds: readonly Count[]
}

/** How many records of each part of the card, by what happens to them. */
export function CountsTable({ label, counts, kinds }: CountsTableProps) {
  const { t } = useTranslation('import')
  const columns: Column<ImportEntity>[] = [
    { key: 'part', title: t('commit.part'), render: (entity) => t(`entities.${entity}`) },
    ...kinds.map((kind): Column<ImportEntity> => ({
      key: kind,
      title: t(`kinds.${kind}`),
      align: 'right',
      render: (entity) => formatCount(counts[PART_OF[entity]][kind]),
    })),
  ]
  return <DataTable label={label} rows={ImportEntity.options} rowKey={(entity) => entity} columns={columns} />
}
