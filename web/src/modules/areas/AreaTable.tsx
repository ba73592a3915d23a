import type { Area } from '@tiejun/contract/areas/endpoints.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../platform/sign-in/session.tsx'
import { formatCount, Icon } from '../../ui/index.ts'
import type { TreeLine } from './area-tree.ts'
import './areas.css'

function Toggle({ line, onToggle }: { line: TreeLine; onToggle: (code: string) => void }) {
  const { t } = useTranslation('areas')
  const { name, code } = line.area
  if (line.isOpen === undefined) return <span className="tj-tree-blank" />
  return (
    <button
      type="button"
      className="tj-icon-button tj-tree-toggle"
      aria-expanded={line.isOpen}
      aria-label={t(line.isOpen ? 'collapse' : 'expand', { name })}
      data-open={line.isOpen}
      onClick={() => onToggle(code)}
    >
      <Icon name="right" size={14} />
    </button>
  )
}

function CardsLink({ area }: { area: Area }) {
  const { t } = useTranslation('areas')
  const { actions } = useSession()
  if (!area.isWithinReach) return <span className="tj-muted">{t('outOfReach')}</span>
  if (area.households === 0 || !actions.includes('households.view')) return null
  return (
    <Link to={`/households?area=${area.code}`} aria-label={t('cardsOf', { name: area.name })}>
      {t('open')}
    </Link>
  )
}

const count = (area: Area, value: number) => (area.isWithinReach ? formatCount(value) : '—')

function Line({ line, onToggle }: { line: TreeLine; onToggle: (code: string) => void }) {
  const { area } = line
  return (
    <tr data-level={area.level}>
      <th scope="row">
        <span className="tj-tree-name" style={{ paddingInlineStart: line.depth * 20 }}>
          <Toggle line={line} onToggle={onToggle} />
          <Link to={`/areas/${area.code}`}>{area.name}</Link>
          {line.parentName === undefined ? null : <span className="tj-muted">{line.parentName}</span>}
        </span>
      </th>
      <td className="tj-mono tj-tree-code">{area.code}</td>
      <td className="tj-right tj-number tj-tree-villages">
        {line.villages === 0 ? '' : formatCount(line.villages)}
      </td>
      <td className="tj-right tj-number">{count(area, area.households)}</td>
      <td className="tj-right tj-number">{count(area, area.persons)}</td>
      <td>
        <CardsLink area={area} />
      </td>
    </tr>
  )
}

/** Areas with their counts, indented by level. */
export function AreaTable(props: {
  label: string
  lines: readonly TreeLine[]
  onToggle?: (code: string) => void
}) {
  const { t } = useTranslation('areas')
  return (
    // A box that scrolls must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="tj-table-box" aria-label={props.label} tabIndex={0}>
      <table className="tj-table tj-tree">
        <thead>
          <tr>
            <th scope="col">{t('columns.name')}</th>
            <th scope="col" className="tj-tree-code">
              {t('columns.code')}
            </th>
            <th scope="col" className="tj-right tj-tree-villages">
              {t('columns.villages')}
            </th>
            <th scope="col" className="tj-right">
              {t('columns.households')}
            </th>
            <th scope="col" className="tj-right">
              {t('columns.persons')}
            </th>
            <th scope="col">{t('columns.cards')}</th>
          </tr>
        </thead>
        <tbody>
          {props.lines.map((line) => (
            <Line key={line.area.code} line={line} onToggle={props.onToggle ?? (() => undefined)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
