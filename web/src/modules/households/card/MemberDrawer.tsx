import type { CardMember } from '@tiejun/contract/households/card-page.ts'
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/Icon.tsx'
import { useCardWords } from '../fields/CardWordsProvider.tsx'
import { FieldFacts } from '../fields/FieldFacts.tsx'
import { useOneEditor } from './one-editor.tsx'
import { DRAWER_WIDTH } from './RowEditorDrawer.tsx'

interface MemberDrawerProps {
  member: CardMember
  mayEdit: boolean
  onClose: () => void
}

/** Everything of one member, beside the card. */
export function MemberDrawer({ member, mayEdit, onClose }: MemberDrawerProps) {
  const { t } = useTranslation('households')
  const words = useCardWords()
  const editor = useOneEditor()
  const editButton = (
    <Button
      icon={<Icon name="edit" size={14} />}
      onClick={() => {
        onClose()
        editor.open(`members:${member.id}`)
      }}
    >
      {t('ui:edit')}
    </Button>
  )
  return (
    <Drawer
      open
      title={member.name}
      size={DRAWER_WIDTH}
      onClose={onClose}
      extra={mayEdit ? editButton : undefined}
    >
      <FieldFacts groups={words.groupsOf('members')} values={member} memberId={member.id} />
    </Drawer>
  )
}
