import { Button } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { parseDay } from './day.ts'
import { DayInput } from './DayInput.tsx'
import { formatInstant } from './format.ts'

const NAME = 'asOf'

/** The past a page shows: a day or an instant in the address, so that it can be sent; undefined is now. */
export function useAsOf() {
  const [params, setParams] = useSearchParams()
  const setAsOf = (asOf: string | undefined) =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      // The pages of a list are those of another list in another time.
      next.delete('after')
      if (asOf === undefined) next.delete(NAME)
      else next.set(NAME, asOf)
      return next
    })
  return { asOf: params.get(NAME) ?? undefined, setAsOf }
}

/** The `query` of a request for what an address shows; absent for now, as everybody else asks. */
export const asOfQueryOf = (asOf: string | undefined) => (asOf === undefined ? {} : { query: { asOf } })

/** An address within the product, of the same time. */
export const withAsOf = (path: string, asOf: string | undefined): string =>
  asOf === undefined
    ? path
    : `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ [NAME]: asOf })}`

const shownTime = (asOf: string): string => (asOf.includes('T') ? formatInstant(asOf) : asOf)

function Banner({ asOf, onNow }: { asOf: string; onNow: () => void }) {
  const { t } = useTranslation('ui')
  return (
    <output className="tj-hint-box tj-row">
      <span>{t('asOf.banner', { time: shownTime(asOf) })}</span>
      <Button size="small" onClick={onNow}>
        {t('asOf.now')}
      </Button>
    </output>
  )
}

/** 截至: takes the page to a day of the past, says that it is the past, and leads back. */
export function AsOfBar() {
  const { t } = useTranslation('ui')
  const id = useId()
  const { asOf, setAsOf } = useAsOf()
  const [day, setDay] = useState('')
  const chosen = parseDay(day)
  const isFaulty = day !== '' && chosen === undefined
  return (
    <div className="tj-stack tj-as-of">
      <form
        className="tj-row"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen === undefined) return
          setDay('')
          setAsOf(chosen)
        }}
      >
        <label htmlFor={id}>{t('asOf.label')}</label>
        <DayInput id={id} value={day} onChange={setDay} status={isFaulty ? 'error' : undefined} />
        <Button htmlType="submit" disabled={chosen === undefined}>
          {t('asOf.show')}
        </Button>
      </form>
      {asOf === undefined ? null : <Banner asOf={asOf} onNow={() => setAsOf(undefined)} />}
    </div>
  )
}
