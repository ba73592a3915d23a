import { Input, TreeSelect } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/Icon.tsx'
import { useAreaTree, type AreaNode } from './areas.ts'

interface AreaSelectProps {
  id?: string
  value?: unknown
  onChange?: (value: string | null) => void
  /** Only villages can be chosen. */
  isVillage?: boolean
  disabled?: boolean
  'aria-describedby'?: string
}

interface TreeOption {
  value: string
  title: string
  selectable: boolean
  children: TreeOption[]
}

const optionOf = (node: AreaNode, isVillage: boolean): TreeOption => ({
  value: node.code,
  title: node.name,
  selectable: !isVillage || node.level === 'village',
  children: node.children.map((child) => optionOf(child, isVillage)),
})

/** A county, township or village within reach. Without the list of divisions its code can be typed. */
export function AreaSelect({ value, onChange, isVillage = false, ...control }: AreaSelectProps) {
  const { t } = useTranslation('households')
  const { tree, isFailed } = useAreaTree()
  const code = typeof value === 'string' && value !== '' ? value : undefined
  if (isFailed) {
    return (
      <Input
        {...control}
        value={code ?? ''}
        maxLength={12}
        inputMode="numeric"
        placeholder={t('area.code')}
        onChange={(event) => onChange?.(event.target.value === '' ? null : event.target.value)}
      />
    )
  }
  const options = (tree ?? []).map((node) => optionOf(node, isVillage))
  return (
    <TreeSelect
      {...control}
      value={tree === undefined ? undefined : code}
      treeData={options}
      loading={tree === undefined}
      suffixIcon={<Icon name="sortDown" size={14} />}
      showSearch={{ treeNodeFilterProp: 'title' }}
      allowClear={!isVillage}
      placeholder={isVillage ? t('area.chooseVillage') : t('area.all')}
      treeDefaultExpandedKeys={options.map((option) => option.value)}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
    />
  )
}
