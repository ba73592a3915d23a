// Generated from the zh-CN file by scripts/traditional.ts. Edit that file and run the script.
import { IMPORT_WORDING } from '@tiejun/contract/households/import-wording.ts'

/** The words of the error workbook, so that screen and workbook say the same. Traditional letters come when shown. */
export const messages = { codes: IMPORT_WORDING }
