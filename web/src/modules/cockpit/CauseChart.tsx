import type { Figure } from '@tiejun/contract/platform/indicators.ts'
import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FONT_FAMILY, PALETTES } from '../../ui/tokens.ts'
import { useColourScheme } from '../../ui/index.ts'
import { wordsOf } from './figure-words.ts'

use([BarChart, GridComponent, SVGRenderer])

const BAR_HEIGHT = 28
const FRAME_HEIGHT = 16

interface Bar {
  label: string
  value: number
}

function optionOf(bars: readonly Bar[], scheme: 'light' | 'dark') {
  const { text, muted, accent } = PALETTES[scheme]
  return {
    animation: false,
    textStyle: { fontFamily: FONT_FAMILY },
    grid: { left: 8, right: 56, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ label }) => label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: text, fontSize: 13 },
    },
    series: [
      {
        type: 'bar',
        data: bars.map(({ value }) => value),
        barWidth: 14,
        itemStyle: { color: accent },
        label: { show: true, position: 'right', color: muted, fontSize: 13 },
      },
    ],
  }
}

/** Households by main cause, most first. The picture says nothing the table below does not say. */
export function CauseChart({ figures }: { figures: readonly Figure[] }) {
  const { t, i18n } = useTranslation('cockpit')
  const { scheme } = useColourScheme()
  const box = useRef<HTMLDivElement>(null)
  const bars = figures.map((figure) => ({
    label: wordsOf(figure, i18n.language).label,
    value: figure.value ?? 0,
  }))
  const drawn = JSON.stringify(bars)
  useEffect(() => {
    if (box.current === null) return undefined
    const chart = init(box.current, undefined, { renderer: 'svg' })
    const shown: Bar[] = JSON.parse(drawn)
    chart.setOption(optionOf(shown, scheme))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [drawn, scheme])
  const list = bars.map((bar) => t('chart.bar', { ...bar })).join(t('chart.separator'))
  return (
    <figure style={{ margin: '0 0 16px' }} aria-label={t('chart.description', { list })}>
      <div ref={box} aria-hidden="true" style={{ height: bars.length * BAR_HEIGHT + FRAME_HEIGHT }} />
    </figure>
  )
}
