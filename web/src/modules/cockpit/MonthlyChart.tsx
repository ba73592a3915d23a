import { LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useColourScheme } from '../../ui/index.ts'
import { FONT_FAMILY, PALETTES } from '../../ui/tokens.ts'

use([LineChart, GridComponent, SVGRenderer])

const HEIGHT = 200

interface MonthlyLine {
  months: readonly string[]
  values: readonly (number | null)[]
}

function optionOf({ months, values }: MonthlyLine, scheme: 'light' | 'dark') {
  const { text, muted, accent } = PALETTES[scheme]
  return {
    animation: false,
    textStyle: { fontFamily: FONT_FAMILY },
    grid: {
      left: 8,
      right: 16,
      top: 12,
      bottom: 0,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: { type: 'category', data: months, axisTick: { show: false }, axisLabel: { color: text } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: muted } },
    series: [
      { type: 'line', data: values, step: 'end', lineStyle: { color: accent }, itemStyle: { color: accent } },
    ],
  }
}

/** One number month by month. The picture says nothing the table beside it does not say. */
export function MonthlyChart({ months, values, description }: MonthlyLine & { description: string }) {
  const { scheme } = useColourScheme()
  const box = useRef<HTMLDivElement>(null)
  const drawn = JSON.stringify({ months, values })
  useEffect(() => {
    if (box.current === null) return undefined
    const chart = init(box.current, undefined, { renderer: 'svg' })
    const shown: MonthlyLine = JSON.parse(drawn)
    chart.setOption(optionOf(shown, scheme))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [drawn, scheme])
  return (
    <figure style={{ margin: '0 0 16px' }} aria-label={description}>
      <div ref={box} aria-hidden="true" style={{ height: HEIGHT }} />
    </figure>
  )
}
