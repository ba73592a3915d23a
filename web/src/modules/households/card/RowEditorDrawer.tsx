import type { CardSection } from '@tiejun/contract/households/fields.ts'
import { Drawer } from 'antd'
import { RecordEditor, type Version } from '../../../ui/form/SectionForm.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { FieldItems, ReasonItem } from '../fields/FieldItems.tsx'
import type { Values } from '../fields/field-values.ts'
import { useOneEditor } from './one-editor.tsx'
import { editable, useRecordEditor, type Edit } from './record-editor.ts'

export const DRAWER_WIDTH = 860

interface RowEditorDrawerProps {
  section: CardSection
  title: string
  values: Values
  version: Version
  isNew?: boolean
  /** Fields that are not entered here, e.g. the year of an income. */
  omit?: readonly string[]
  send: (edit: Edit) => Promise<unknown>
}

/** A row of the card — member, year, helper, measure — entered or changed beside the card. */
export function RowEditorDrawer({ section, omit = [], ...props }: RowEditorDrawerProps) {
  const words = useCardWords()
  const editor = useOneEditor()
  const fields = editable(words.fieldsOf(section)).filter((field) => !omit.includes(field.name))
  const form = useRecordEditor({ ...props, fields })
  return (
    <Drawer open title={props.title} size={DRAWER_WIDTH} onClose={editor.close} mask={{ closable: false }}>
      <RecordEditor<Values> {...form} onClose={editor.closeAtOnce}>
        <FieldItems groups={words.groupsOf(section)} omit={omit} />
        <ReasonItem />
      </RecordEditor>
    </Drawer>
  )
}
