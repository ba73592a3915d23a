/** Why a file cannot be read at all, by WorkbookErrorKind of server/src/platform/workbooks, and what to do. */
export const messages = {
  empty_file: {
    name: '这是一个空文件',
    todo: '文件里什么都没有，多半是没有保存好。请打开原文件看看，重新保存后再上传。',
  },
  legacy_xls: {
    name: '这是旧版的 .xls（或 .et）文件',
    todo: '请用 Excel 或 WPS 打开，选择“另存为”，类型选“Excel 工作簿（*.xlsx）”，再上传新文件。只改文件名后缀不行。',
  },
  encrypted: {
    name: '文件有打开密码',
    todo: '请用 Excel 或 WPS 打开，去掉打开密码后保存，再上传。文件传到系统后会加密存放。',
  },
  html_table: {
    name: '这其实是一个网页，只是名字叫表格',
    todo: '许多系统导出的就是这样的文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。',
  },
  other_format: {
    name: '不是 .xlsx 或 .csv 文件',
    todo: '请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。图片、PDF、压缩包都读不了。',
  },
  damaged: {
    name: '文件损坏或不完整',
    todo: '可能是传输时断了。请先确认能用 Excel 或 WPS 打开，重新保存后再上传。',
  },
  too_large: {
    name: '文件里的内容太多',
    todo: '请删去用不着的工作表、图片和空白行，或者按乡镇分成几个文件上传。',
  },
  too_many_columns: {
    name: '列太多',
    todo: '最右边多半有误填的内容或格式。请删去用不着的列，或者把需要的列复制到新表后再上传。',
  },
  no_sheet: { name: '文件里没有工作表', todo: '请确认选对了文件：内容要在普通的工作表里，不能是图表页。' },
  bad_encoding: {
    name: '文字编码认不出来',
    todo: 'CSV 文件请存为 UTF-8 或 GB18030（GBK）编码；最稳妥的是用 Excel 或 WPS 另存为 .xlsx。',
  },
  too_many_rows: {
    name: '行数超过了表格的上限',
    todo: '一张工作表最多 1,048,576 行。请按乡镇分成几个文件上传。',
  },
  text_too_long: {
    name: '有一格的文字太长',
    todo: '一格最多 32,767 个字，多半是把整张表贴进了一格。请改正后再上传。',
  },
  unknown: {
    name: '文件读不出来',
    todo: '请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。仍然不行的，请把文件交给系统管理员看看。',
  },
  place: '出在“{{sheet}}”表第 {{row}} 行附近。',
  placeSheet: '出在“{{sheet}}”表。',
}
