// Generated from the zh-CN file by scripts/traditional.ts. Edit that file and run the script.
/** Why a file cannot be read at all, by WorkbookErrorKind of server/src/platform/workbooks, and what to do. */
export const messages = {
  empty_file: {
    name: '這是一個空文件',
    todo: '文件裡什麼都沒有，多半是沒有保存好。請打開原文件看看，重新保存後再上傳。',
  },
  legacy_xls: {
    name: '這是舊版的 .xls（或 .et）文件',
    todo: '請用 Excel 或 WPS 打開，選擇“另存為”，類型選“Excel 工作簿（*.xlsx）”，再上傳新文件。只改文件名後綴不行。',
  },
  encrypted: {
    name: '文件有打開密碼',
    todo: '請用 Excel 或 WPS 打開，去掉打開密碼後保存，再上傳。文件傳到系統後會加密存放。',
  },
  html_table: {
    name: '這其實是一個網頁，只是名字叫表格',
    todo: '許多系統導出的就是這樣的文件。請用 Excel 或 WPS 打開，另存為 .xlsx 後再上傳。',
  },
  other_format: {
    name: '不是 .xlsx 或 .csv 文件',
    todo: '請用 Excel 或 WPS 打開，另存為 .xlsx 後再上傳。圖片、PDF、壓縮包都讀不了。',
  },
  damaged: {
    name: '文件損壞或不完整',
    todo: '可能是傳輸時斷了。請先確認能用 Excel 或 WPS 打開，重新保存後再上傳。',
  },
  too_large: {
    name: '文件裡的內容太多',
    todo: '請刪去用不著的工作表、圖片和空白行，或者按鄉鎮分成幾個文件上傳。',
  },
  too_many_columns: {
    name: '列太多',
    todo: '最右邊多半有誤填的內容或格式。請刪去用不著的列，或者把需要的列複製到新表後再上傳。',
  },
  no_sheet: { name: '文件裡沒有工作表', todo: '請確認選對了文件：內容要在普通的工作表裡，不能是圖表頁。' },
  bad_encoding: {
    name: '文字編碼認不出來',
    todo: 'CSV 文件請存為 UTF-8 或 GB18030（GBK）編碼；最穩妥的是用 Excel 或 WPS 另存為 .xlsx。',
  },
  too_many_rows: {
    name: '行數超過了表格的上限',
    todo: '一張工作表最多 1,048,576 行。請按鄉鎮分成幾個文件上傳。',
  },
  text_too_long: {
    name: '有一格的文字太長',
    todo: '一格最多 32,767 個字，多半是把整張表貼進了一格。請改正後再上傳。',
  },
  unknown: {
    name: '文件讀不出來',
    todo: '請用 Excel 或 WPS 打開，另存為 .xlsx 後再上傳。仍然不行的，請把文件交給系統管理員看看。',
  },
  place: '出在“{{sheet}}”表第 {{row}} 行附近。',
  placeSheet: '出在“{{sheet}}”表。',
}
