import { useQuery } from '@tanstack/react-query'
import { organisationEndpoints } from '@tiejun/contract/organisation/endpoints.ts'
import type { UnitSummary } from '@tiejun/contract/organisation/units.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { read } from '../../api/index.ts'
import { Card, type Column, DataTable, PageHeader, QueryView } from '../../ui/index.ts'
import './organisation.css'

function useUnitName(): (unit: UnitSummary) => string {
  const { i18n } = useTranslation('organisation')
  return (unit) => (i18n.language === 'en' ? (unit.nameEn ?? unit.shortName) : unit.shortName)
}

function Leads({ unit, isDated }: { unit: UnitSummary; isDated?: boolean }) {
  const { t } = useTranslation('organisation')
  if (unit.leads.length === 0) return <span className="tj-muted">{t('vacant')}</span>
  return unit.leads.map((lead) => (
    <span key={`${lead.personId} ${lead.postTitle}`}>
      <Link to={`/organisation/persons/${lead.personId}`}>{lead.personName}</Link>
      {isDated === true ? (
        <span className="tj-muted tj-number"> {t('since', { day: lead.heldFrom })}</span>
      ) : null}
    </span>
  ))
}

function Box({ unit, children }: { unit: UnitSummary; children?: ReactNode }) {
  const { t } = useTranslation('organisation')
  const nameOf = useUnitName()
  return (
    <section className="tj-chart-box" data-kind={unit.kind} aria-label={nameOf(unit)}>
      <h3>
        <Link to={`/organisation/units/${unit.id}`}>{nameOf(unit)}</Link>
      </h3>
      <div className="tj-chart-leads">
        <span>{t('columns.lead')}</span>
        <Leads unit={unit} isDated />
      </div>
      <p className="tj-chart-count tj-number">{t('holders', { count: unit.holders })}</p>
      {children}
    </section>
  )
}

/** The leading group holds the office, the office holds its groups. */
function Chart({ units }: { units: readonly UnitSummary[] }) {
  const below = (parent: UnitSummary) => units.filter((unit) => unit.parentId === parent.id)
  const groups = (office: UnitSummary) => {
    const inside = below(office)
    return inside.length === 0 ? null : (
      <div className="tj-chart-groups">
        {inside.map((group) => (
          <Box key={group.id} unit={group} />
        ))}
      </div>
    )
  }
  return units
    .filter((unit) => unit.kind === 'leading_group')
    .map((leading) => (
      <Box key={leading.id} unit={leading}>
        {below(leading).map((office) => (
          <Box key={office.id} unit={office}>
            {groups(office)}
          </Box>
        ))}
      </Box>
    ))
}

function UnitTable({
  label,
  units,
  hasLead,
}: {
  label: string
  units: readonly UnitSummary[]
  hasLead: boolean
}) {
  const { t } = useTranslation('organisation')
  const nameOf = useUnitName()
  const lead: Column<UnitSummary> = {
    key: 'lead',
    title: t('columns.lead'),
    render: (unit) => <Leads unit={unit} />,
  }
  const sector: Column<UnitSummary> = {
    key: 'sector',
    title: t('columns.sector'),
    render: (unit) => unit.sector,
  }
  const columns: Column<UnitSummary>[] = [
    { key: 'unit', title: t('columns.unit'), isWrapped: true, render: nameOf },
    hasLead ? lead : sector,
    { key: 'holders', title: t('columns.holders'), align: 'right', render: (unit) => unit.holders },
    { key: 'staff', title: t('columns.staff'), align: 'right', render: (unit) => unit.staff },
  ]
  return (
    <DataTable
      label={label}
      rows={units}
      rowKey={(unit) => unit.id}
      columns={columns}
      to={(unit) => `/organisation/units/${unit.id}`}
    />
  )
}

/** Only the units of one kind, for a link that counts them. */
function UnitsOfKind({ units, kind }: { units: readonly UnitSummary[]; kind: string }) {
  const { t } = useTranslation('organisation')
  const label = t(`kinds.${kind}`, { defaultValue: kind })
  return (
    <Card title={label} extra={<Link to="/organisation">{t('allUnits')}</Link>}>
      <UnitTable label={label} units={units.filter((unit) => unit.kind === kind)} hasLead />
    </Card>
  )
}

/** The leading group, the office and its groups as a chart; departments and townships as lists. */
export function OrganisationPage() {
  const { t } = useTranslation('organisation')
  const [params] = useSearchParams()
  const kind = params.get('kind')
  const chart = useQuery(read(organisationEndpoints.chart))
  return (
    <>
      <PageHeader
        lead={t('lead')}
        actions={
          <Link className="tj-button" to="/organisation/persons">
            {t('allPersons')}
          </Link>
        }
      />
      <QueryView query={chart} lines={14}>
        {({ units }) =>
          kind === null ? (
            <>
              <Card title={t('chart')}>
                <Chart units={units} />
              </Card>
              <Card title={t('departments')}>
                <UnitTable
                  label={t('departments')}
                  units={units.filter((unit) => unit.kind === 'department')}
                  hasLead={false}
                />
              </Card>
              <Card title={t('townships')}>
                <UnitTable
                  label={t('townships')}
                  units={units.filter((unit) => unit.kind === 'township')}
                  hasLead
                />
              </Card>
            </>
          ) : (
            <UnitsOfKind units={units} kind={kind} />
          )
        }
      </QueryView>
    </>
  )
}
