import { ConfigProvider, theme as antdTheme, type ThemeConfig } from 'antd'
import type { ConfigProviderProps } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useColourScheme, type Scheme } from './ColourScheme.tsx'
import { Icon } from './Icon.tsx'
import { FONT_FAMILY, PALETTES } from './tokens.ts'

/** The palette in Ant Design's words. */
export function themeOf(scheme: Scheme): ThemeConfig {
  const colours = PALETTES[scheme]
  return {
    algorithm: scheme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    cssVar: { key: 'tj-antd' },
    token: {
      colorPrimary: colours.accent,
      colorInfo: colours.accent,
      colorLink: colours.accent,
      colorError: colours.danger,
      colorWarning: colours.warning,
      colorSuccess: colours.success,
      colorText: colours.text,
      colorTextSecondary: colours.muted,
      colorTextDescription: colours.muted,
      colorTextPlaceholder: colours.muted,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.surface,
      colorBgLayout: colours.page,
      colorBorder: colours.line,
      colorBorderSecondary: colours.divider,
      colorTextLightSolid: colours.onAccent,
      fontFamily: FONT_FAMILY,
      fontSize: 14,
      borderRadius: 4,
      controlHeight: 32,
      controlHeightSM: 26,
      // A person who asked the system for less motion gets none (WCAG 2.3.3).
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
  }
}

type AntdLocale = ConfigProviderProps['locale']

// English comes with the library anyway. A locale must be there from the first moment: the provider gives its
// children another place in the tree once it has one, and everything typed so far would be lost.
const ANTD_LOCALES: Record<string, () => Promise<{ default: AntdLocale }>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN.js'),
  'zh-TW': () => import('antd/es/locale/zh_TW.js'),
  en: () => Promise.resolve({ default: enUS }),
}

// The library's own arrow is read out by its English name.
const SELECT = { suffixIcon: <Icon name="sortDown" size={14} /> }

/** Gives every Ant Design part our colours, sizes and the words of the chosen language. */
export function Theme({ children }: { children: ReactNode }) {
  const { scheme } = useColourScheme()
  const { language } = useTranslation().i18n
  const [locale, setLocale] = useState<AntdLocale>(enUS)
  useEffect(() => {
    let isCurrent = true
    void ANTD_LOCALES[language]?.().then((loaded) => {
      if (isCurrent) setLocale(loaded.default)
    })
    return () => {
      isCurrent = false
    }
  }, [language])
  return (
    <ConfigProvider
      theme={themeOf(scheme)}
      locale={locale}
      button={{ autoInsertSpace: false }}
      select={SELECT}
    >
      {children}
    </ConfigProvider>
  )
}
