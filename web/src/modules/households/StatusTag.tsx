import { Tag } from '../../ui/Facts.tsx'
import { useCardWords } from './fields/CardWordsProvider.tsx'

const TONES: Readonly<Record<string, 'success' | 'warning' | 'accent'>> = {
  not_exited: 'warning',
  pre_exit: 'accent',
  exited_with_support: 'success',
  exited_without_support: 'success',
}

/** 脱贫属性 as a short word; the colour only supports it. */
export function StatusTag({ code }: { code: string | null }) {
  const words = useCardWords()
  if (code === null) return null
  return <Tag tone={TONES[code]}>{words.codeLabel('poverty_status', code)}</Tag>
}
