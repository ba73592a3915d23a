export { AppShell, type MenuGroup } from './AppShell.tsx'
export { AsOfBar, asOfQueryOf, useAsOf, withAsOf } from './AsOf.tsx'
export { ColourSchemeProvider, ColourSchemeSwitch, useColourScheme } from './ColourScheme.tsx'
export { DAY_EXAMPLE, isDayOrEmpty, parseDay } from './day.ts'
export { DayInput } from './DayInput.tsx'
export { Card, Facts, FormGrid, Tag, type Fact } from './Facts.tsx'
export { FaultBox } from './FaultBox.tsx'
export { formatCount, formatInstant, formatYuan } from './format.ts'
export { ConflictDialog, type FieldInfo } from './form/ConflictDialog.tsx'
export { ReasonDialog } from './form/ReasonDialog.tsx'
export { useSaveShortcut } from './form/save-shortcut.ts'
export {
  RecordEditor,
  SectionForm,
  type Current,
  type SectionFormProps,
  type Version,
} from './form/SectionForm.tsx'
export { UnsavedGuard } from './form/UnsavedGuard.tsx'
export { useShowFaults } from './form/form-faults.ts'
export { meansTheSame, valueAt, withValueAt } from './form/values.ts'
export { Icon, type IconName } from './Icon.tsx'
export { DataList, type DataListProps, type RowOf } from './list/DataList.tsx'
export { DataTable, type Column } from './list/DataTable.tsx'
export type { ListFilter } from './list/filters.tsx'
export { NoticesProvider, useNotices } from './Notices.tsx'
export { PageHeader, type PageHandle } from './PageHeader.tsx'
export { useFieldWording, useProblemWording } from './problem-wording.ts'
export { SelectBox } from './SelectBox.tsx'
export { EmptyState, ErrorState, FailedState, LoadingState, QueryView, RefusedState } from './states.tsx'
export { TextField } from './TextField.tsx'
