import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { Icon } from '../../ui/Icon.tsx'

/** A chunk that is no longer there: the server was updated while this window stayed open. */
const isOutdated = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module/i.test(error.message)

/** The last resort of the router, when a page throws while it is being drawn. */
export function CrashedPage() {
  const { t } = useTranslation('shell')
  const kind = isOutdated(useRouteError()) ? 'updated' : 'crashed'
  return (
    <main className="tj-state tj-state-failed" role="alert">
      <Icon name="warning" size={32} />
      <h1 className="tj-state-title">{t(`${kind}.title`)}</h1>
      <p className="tj-state-hint">{t(`${kind}.advice`)}</p>
      <button type="button" className="tj-button" onClick={() => window.location.reload()}>
        {t('crashed.reload')}
      </button>
    </main>
  )
}
