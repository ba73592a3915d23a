import { useQuery } from '@tanstack/react-query'
import { areaEndpoints, type Area } from '@tiejun/contract/areas/endpoints.ts'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { read } from '../../api/index.ts'
import { EmptyState, Icon, PageHeader, QueryView } from '../../ui/index.ts'
import { countFound, linesOf } from './area-tree.ts'
import { AreaTable } from './AreaTable.tsx'

const withToggled = (open: ReadonlySet<string>, code: string): Set<string> => {
  const next = new Set(open)
  if (!next.delete(code)) next.add(code)
  return next
}

/** What is searched for stands in the address, so that going back finds it again; division names are public. */
function useSearchText() {
  const [params, setParams] = useSearchParams()
  const setText = (text: string) => setParams(text === '' ? {} : { q: text }, { replace: true })
  return [params.get('q') ?? '', setText] as const
}

function Tree({ areas }: { areas: readonly Area[] }) {
  const { t } = useTranslation('areas')
  const id = useId()
  const [search, setSearch] = useSearchText()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const text = search.trim()
  const lines = linesOf(areas, open, text)
  const townships = areas.filter((area) => area.level === 'township').map((area) => area.code)
  return (
    <section className="tj-card tj-list" aria-label={t('tree')}>
      <search className="tj-filters">
        <div className="tj-filter tj-filter-search" data-search="">
          <label htmlFor={id}>{t('search')}</label>
          <Input
            id={id}
            value={search}
            allowClear
            autoComplete="off"
            prefix={<Icon name="search" />}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      </search>
      <div className="tj-list-bar">
        <output className="tj-number">
          {text === '' ? '' : t('found', { count: countFound(areas, text) })}
        </output>
        <div className="tj-row">
          <Button disabled={text !== ''} onClick={() => setOpen(new Set(townships))}>
            {t('expandAll')}
          </Button>
          <Button disabled={text !== '' || open.size === 0} onClick={() => setOpen(new Set())}>
            {t('collapseAll')}
          </Button>
        </div>
      </div>
      {lines.length === 0 ? (
        <EmptyState
          title={t('empty.title')}
          hint={t('empty.hint')}
          action={<Button onClick={() => setSearch('')}>{t('empty.clear')}</Button>}
        />
      ) : (
        <AreaTable
          label={t('tree')}
          lines={lines}
          onToggle={(code) => setOpen((before) => withToggled(before, code))}
        />
      )}
    </section>
  )
}

/** County, townships and villages with what the registry counts in each. */
export function AreaTreePage() {
  const { t } = useTranslation('areas')
  const tree = useQuery(read(areaEndpoints.tree))
  return (
    <>
      <PageHeader lead={t('lead')} />
      <QueryView query={tree} lines={12}>
        {({ areas }) => <Tree areas={areas} />}
      </QueryView>
    </>
  )
}
