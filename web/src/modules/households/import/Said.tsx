import type { ReactNode } from 'react'
import { Icon } from '../../../ui/index.ts'

const ICONS = { danger: 'warning', warning: 'warning', success: 'done', plain: 'empty' } as const

/** A state of the import in words: what is so, what follows from it, what can be done. */
export function Said(props: {
  tone: keyof typeof ICONS
  title: string
  /** One paragraph each; those without words are left out. */
  text?: string | readonly string[]
  children?: ReactNode
}) {
  const paragraphs = [props.text ?? ''].flat().filter((paragraph) => paragraph !== '')
  return (
    <div
      className={`tj-import-said tj-import-said-${props.tone}`}
      role={props.tone === 'danger' ? 'alert' : 'status'}
    >
      <Icon name={ICONS[props.tone]} size={20} />
      <div>
        <strong>{props.title}</strong>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {props.children === undefined ? null : <div className="tj-row">{props.children}</div>}
      </div>
    </div>
  )
}
