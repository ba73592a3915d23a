import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Card } from '../../../ui/Facts.tsx'
import { Icon } from '../../../ui/Icon.tsx'

interface RowsCardProps {
  section: string
  title: string
  /** Above the rows when there are none. */
  emptyText: string
  isEmpty: boolean
  buttons?: ReactNode
  children: ReactNode
}

/** A section of the card that holds rows. */
export function RowsCard({ section, title, emptyText, isEmpty, buttons, children }: RowsCardProps) {
  return (
    <div id={`section-${section}`} className="hh-section hh-rows tj-blocks">
      <Card title={title} extra={<div className="tj-row">{buttons}</div>}>
        {isEmpty ? <p className="tj-muted hh-empty">{emptyText}</p> : null}
        {children}
      </Card>
    </div>
  )
}

export function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="small" icon={<Icon name="plus" size={14} />} onClick={onClick}>
      {label}
    </Button>
  )
}
