import { useQuery } from '@tanstack/react-query'
import { areaEndpoints, type AreaDetail } from '@tiejun/contract/areas/endpoints.ts'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { read } from '../../api/index.ts'
import { useSession } from '../../platform/sign-in/session.tsx'
import { Card, Facts, formatCount, PageHeader, QueryView } from '../../ui/index.ts'
import { AreaTable } from './AreaTable.tsx'

function AreaFacts({ detail }: { detail: AreaDetail }) {
  const { t } = useTranslation('areas')
  const { actions } = useSession()
  const { area, validFrom, validUntil } = detail
  const counted = (value: number) => (area.isWithinReach ? formatCount(value) : t('outOfReach'))
  const validity =
    validFrom === null && validUntil === null ? t('facts.always') : `${validFrom ?? ''} — ${validUntil ?? ''}`
  const mayOpenUnit = detail.unitId !== null && actions.includes('organisation.view')
  return (
    <Facts
      facts={[
        { label: t('facts.code'), value: <span className="tj-mono">{area.code}</span> },
        { label: t('facts.level'), value: t(`levels.${area.level}`) },
        { label: t('facts.above'), value: detail.ancestors.map((above) => above.name).join(' › ') },
        { label: t('columns.households'), value: counted(area.households) },
        { label: t('columns.persons'), value: counted(area.persons) },
        { label: t('facts.valid'), value: validity },
        ...(mayOpenUnit
          ? [
              {
                label: t('facts.unit'),
                value: <Link to={`/organisation/units/${detail.unitId}`}>{t('facts.openUnit')}</Link>,
              },
            ]
          : []),
      ]}
    />
  )
}

function Area({ detail }: { detail: AreaDetail }) {
  const { t } = useTranslation('areas')
  const { actions } = useSession()
  const { area, children } = detail
  const mayOpenCards = area.isWithinReach && area.households > 0 && actions.includes('households.view')
  return (
    <>
      <PageHeader
        title={area.name}
        actions={
          mayOpenCards ? (
            <Link className="tj-button" to={`/households?area=${area.code}`}>
              {t('cards')}
            </Link>
          ) : undefined
        }
      />
      <Card>
        <AreaFacts detail={detail} />
      </Card>
      <Card title={t('below')}>
        {children.length === 0 ? (
          <p className="tj-muted">{t('nothingBelow')}</p>
        ) : (
          <AreaTable
            label={t('below')}
            lines={children.map((child) => ({ area: child, depth: 0, villages: 0 }))}
          />
        )}
      </Card>
    </>
  )
}

/** One division: where it lies, what the registry counts in it, what lies below. */
export function AreaPage() {
  const { code = '' } = useParams()
  const detail = useQuery(read(areaEndpoints.detail, { params: { code } }))
  return <QueryView query={detail}>{(found) => <Area detail={found} />}</QueryView>
}
