export const messages = {
  empty_file: {
    name: 'The file is empty',
    todo: 'It was probably not saved. Open the original, save it again and upload it.',
  },
  legacy_xls: {
    name: 'This is an old .xls (or .et) file',
    todo: 'Open it in Excel or WPS, choose “Save as”, type “Excel workbook (*.xlsx)”, and upload the new file. Renaming it is not enough.',
  },
  encrypted: {
    name: 'The file has a password',
    todo: 'Open it in Excel or WPS, remove the password, save and upload it. Uploaded files are kept encrypted.',
  },
  html_table: {
    name: 'This is a web page named like a spreadsheet',
    todo: 'Many systems export such files. Open it in Excel or WPS, save it as .xlsx and upload that.',
  },
  other_format: {
    name: 'Neither an .xlsx nor a .csv file',
    todo: 'Open it in Excel or WPS, save it as .xlsx and upload that. Pictures, PDFs and archives cannot be read.',
  },
  damaged: {
    name: 'The file is damaged or incomplete',
    todo: 'The transfer may have broken off. Make sure it opens in Excel or WPS, save it again and upload it.',
  },
  too_large: {
    name: 'There is too much in the file',
    todo: 'Delete sheets, pictures and empty rows nobody needs, or split it by township.',
  },
  too_many_columns: {
    name: 'Too many columns',
    todo: 'Something was probably entered far to the right. Delete columns nobody needs, or copy the needed ones to a new sheet.',
  },
  no_sheet: {
    name: 'No worksheet in the file',
    todo: 'Check that it is the right file: the content must be on an ordinary sheet.',
  },
  bad_encoding: {
    name: 'The encoding of the text is unknown',
    todo: 'Save the CSV file as UTF-8 or GB18030 (GBK); safest is to save it as .xlsx.',
  },
  too_many_rows: {
    name: 'More rows than a sheet can have',
    todo: 'A sheet has at most 1,048,576 rows. Split the file by township.',
  },
  text_too_long: {
    name: 'One cell holds too much text',
    todo: 'A cell holds at most 32,767 characters; a whole table was probably pasted into one. Correct it and upload again.',
  },
  unknown: {
    name: 'The file cannot be read',
    todo: 'Open it in Excel or WPS, save it as .xlsx and upload that. If that fails, show it to the system administrator.',
  },
  place: 'Near row {{row}} of the sheet “{{sheet}}”.',
  placeSheet: 'On the sheet “{{sheet}}”.',
}
