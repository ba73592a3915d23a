import { screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { renderPart } from '../testing/render.tsx'
import { isDayOrEmpty, parseDay } from './day.ts'
import { DayInput } from './DayInput.tsx'

test.for([
  ['2016-05-01', '2016-05-01'],
  ['20160501', '2016-05-01'],
  ['2016.5.1', '2016-05-01'],
  ['２０１６年５月１日', '2016-05-01'],
  ['2016-02-30', undefined],
  ['2016-13-01', undefined],
  ['2016-05', undefined],
  ['昨天', undefined],
] as const)('%s is read as %s', ([text, day]) => {
  expect(parseDay(text)).toBe(day)
  expect(isDayOrEmpty(text)).toBe(day !== undefined)
})

test('nothing is no day, and no fault either', () => {
  for (const nothing of [null, undefined, '']) expect(isDayOrEmpty(nothing)).toBe(true)
})

function Form() {
  const [value, setValue] = useState('')
  return (
    <>
      <DayInput aria-label="日期" value={value} onChange={setValue} />
      <output>{value}</output>
    </>
  )
}

test('a day is known while it is typed, and written out when the field is left', async () => {
  const { user } = renderPart(<Form />)
  const field = await screen.findByLabelText('日期')
  await user.type(field, '2016年5月12')
  expect(field).toHaveValue('2016年5月12')
  expect(screen.getByText('2016-05-12')).toBeVisible()
  await user.tab()
  expect(field).toHaveValue('2016-05-12')
})

test('what is no day stays as typed, to be put right', async () => {
  const { user } = renderPart(<Form />)
  const field = await screen.findByLabelText('日期')
  await user.type(field, '去年')
  await user.tab()
  expect(field).toHaveValue('去年')
})
