export const messages = {
  codes: {
    header_not_found: {
      name: 'No header found',
      what: 'No row of the sheet “{{sheet}}” looks like a header.',
      todo: 'Make sure one row holds the column names; titles may stand above it. Or download the template and paste your rows into it.',
    },
    required_column_missing: {
      name: 'A necessary column is missing',
      what: 'The column “{{header}}” is missing. Without it no row can be told from another.',
      todo: 'Add the column “{{header}}” and upload again. If it only has another name, use this one.',
    },
    income_year_unknown: {
      name: 'Year of the incomes is not known',
      todo: 'Choose the year in the step “Columns”, or write it into a title row and upload again.',
    },
    no_rows: {
      name: 'A header and nothing below',
      todo: 'Check that you chose the right file or sheet, and upload the one that is filled in.',
    },
    too_many_problems: {
      name: 'Too many problems, checking ended early',
      what: 'Checking ended after {{maximum}} problems.',
      todo: 'So many usually mean that a column was pasted in the wrong place. Look at the most frequent kinds first, then upload again.',
    },

    required: {
      name: 'Must not be empty',
      what: '“{{header}}” is empty, but must be given.',
      todo: 'Fill it in and upload again.',
    },
    digits_lost: {
      name: 'The spreadsheet made a number of it',
      what: 'The spreadsheet took it for a number: the digits beyond the 15th have become 0 and cannot be recovered.',
      todo: 'Set the whole column to “Text”, then enter the numbers again from the papers. Changing the format alone does not bring them back.',
    },
    formula_error: {
      name: 'Error of a formula',
      what: 'The cell holds the formula error {{code}}.',
      todo: 'Correct the formula, or write the result itself.',
    },
    unknown_value: {
      name: 'Not one of the values allowed',
      what: '“{{header}}” has no such value.',
      todo: 'Choose one of: {{permitted}}.',
      todoSuggested: 'Did you mean “{{suggestion}}”? Allowed are: {{permitted}}.',
      todoPlain: 'Use the values of the drop-down list in the template.',
    },
    unknown_yes_no: { name: 'Neither yes nor no', todo: 'Write 是 or 否; leave it empty if not known yet.' },
    too_many_values: {
      name: 'Too many values',
      what: '“{{header}}” takes at most {{maximum}}.',
      todo: 'Keep the main ones and delete the rest.',
    },
    repeated_value: { name: 'The same value twice', todo: 'Delete one of them.' },
    not_a_number: {
      name: 'Not a number',
      todo: 'Write digits only, without unit or words; leave it empty if there is none.',
    },
    not_an_integer: { name: 'Not a whole number', todo: 'Write a whole number, such as 3.' },
    too_many_decimals: {
      name: 'Too many decimals',
      what: '“{{header}}” has at most {{scale}} decimals.',
      todo: 'Round it yourself: the system never changes a number for you.',
    },
    too_small: {
      name: 'Too small',
      what: '“{{header}}” must be at least {{minimum}}.',
      todo: 'Check the number and its unit: money is in yuan.',
    },
    too_big: {
      name: 'Too large',
      what: '“{{header}}” must be at most {{maximum}}.',
      todo: 'Check the number and its unit: money is in yuan.',
    },
    not_a_year: { name: 'Not a year', todo: 'Write four digits, such as 2017.' },
    not_a_month: { name: 'Not a month', todo: 'Write 201412, 2014-12 or 2014年12月.' },
    not_a_date: { name: 'Not a date', todo: 'Write 1965-03-12, 19650312 or 1965年3月12日.' },
    date_in_future: { name: 'The date has not come yet', todo: 'Check the year.' },
    too_long: {
      name: 'Too long',
      what: '“{{header}}” takes at most {{maximum}} characters.',
      todo: 'Shorten it; the rest may go into the remarks.',
    },
    phone_invalid: {
      name: 'Not a phone number',
      todo: 'Write an 11-digit mobile number or a landline with area code (such as 0396…); leave it empty if there is none.',
    },
    id_number_length: {
      name: 'ID number of the wrong length',
      todo: 'An ID number has 18 characters, a disability card 20 (22 when reissued). Compare with the card.',
    },
    id_number_characters: {
      name: 'ID number with other characters',
      todo: 'Only digits are allowed; the last character of an ID number may be X. Remove the others.',
    },
    id_number_date: {
      name: 'Birth date in the ID number is wrong',
      what: 'Characters 7 to 14 are the birth date. This date does not exist or has not come yet.',
      todo: 'Compare these eight digits with the card.',
    },
    id_number_checksum: {
      name: 'A digit of the ID number is mistyped',
      what: 'The last character does not fit the others: most likely one digit is mistyped.',
      todo: 'Compare it with the card, digit by digit.',
    },
    disability_type_wrong: {
      name: 'Kind of disability in the card number is wrong',
      what: 'Character 19 of a disability card is the kind of disability, 1 to 7.',
      todo: 'Compare it with the card.',
    },
    disability_grade_wrong: {
      name: 'Grade of disability in the card number is wrong',
      what: 'Character 20 of a disability card is the grade, 1 to 4.',
      todo: 'Compare it with the card.',
    },
    bank_account_characters: {
      name: 'Bank account with other characters',
      todo: 'Only digits are allowed. Remove words, letters and signs.',
    },
    bank_account_length: {
      name: 'Bank account of the wrong length',
      todo: 'Compare it with the card or passbook: digits may be missing.',
    },
    id_number_type_differs: {
      name: 'Document and number do not match',
      todo: 'An ID number has 18 characters, a disability card 20. Correct the kind of document or the number.',
    },
    id_number_missing: {
      name: 'The number of the document is missing',
      what: 'A kind of document is given, but no number.',
      todo: 'Add the number; if there is no document, change its kind.',
    },
    id_number_unexpected: {
      name: 'A number, but no document',
      todo: 'Correct the kind of document, or delete a number that is not this person’s.',
    },
    sex_differs_from_id_number: {
      name: 'Sex does not match the ID number',
      todo: 'Correct whichever is wrong. Sex may be left empty: the number tells it.',
    },
    birth_differs_from_id_number: {
      name: 'Birth date does not match the ID number',
      todo: 'Correct whichever is wrong. The date may be left empty: the number tells it.',
    },
    healthy_excludes_others: {
      name: '“Healthy” beside other conditions',
      todo: 'Keep “healthy” alone, or remove it.',
    },
    causes_repeat: {
      name: 'A further cause repeats the main one',
      todo: 'Delete or correct the repeated one.',
    },
    irrigated_exceeds_farmland: {
      name: 'More irrigated land than farmland',
      todo: 'Check both areas; they are in mu.',
    },
    danger_level_differs: {
      name: 'Dangerous house and grade do not match',
      what: 'Grades A and B are no dangerous houses, C and D are.',
      todo: 'Correct whichever is wrong.',
    },
    disability_differs_from_card: {
      name: 'Disability does not match the card number',
      todo: 'Characters 19 and 20 of the card are kind and grade. Compare with the card and correct whichever is wrong.',
    },
    school_status_contradicts_age: {
      name: 'Schooling does not match the age',
      what: 'This person is {{age}} years old, which does not fit the schooling given.',
      todo: 'Check the schooling, and the ID number too.',
    },
    exit_year_missing: {
      name: 'Exited, but no year of exit',
      todo: 'Add the year, or correct the status.',
    },
    exit_year_unexpected: {
      name: 'Not exited, but a year of exit',
      todo: 'Delete the year, or correct the status.',
    },
    exit_before_identification: {
      name: 'Exit before identification',
      todo: 'Check the month of identification and the year of exit.',
    },
    return_before_exit: {
      name: 'Return before exit',
      todo: 'Check the years of exit and of return.',
    },
    relocation_way_missing: {
      name: 'Resettled, but not how',
      todo: 'Add the way of resettlement, or correct to 否.',
    },
    relocation_unexpected: {
      name: 'Not resettled, but a way or address of it',
      todo: 'Delete the way and the address, or correct to 是.',
    },
    relation_contradicts_sex: {
      name: 'Relation does not match the sex',
      todo: 'A son is male, for example. Check relation, sex and ID number.',
    },
    spouse_same_sex_as_head: {
      name: 'Spouse of the same sex as the head',
      todo: 'Check sex and ID number of both, and the relation.',
    },
    head_sex_contradicts_relation: {
      name: 'Sex of the head does not match the family’s relations',
      todo: 'Check sex and ID number of the head, and the relations of the others.',
    },
    relations_incomplete: {
      name: 'Relations to the head are incomplete',
      todo: 'Give the relation of every present member of the household.',
    },
    ended_before_started: { name: 'Ended before it started', todo: 'Check both dates.' },
    effect_before_provided: { name: 'Effect before the help', todo: 'Check both dates.' },
    person_unknown: {
      name: 'No such person in the organisation',
      todo: 'Check name and unit; add a new colleague to the organisation first.',
    },
    reason_missing: { name: 'A member left without a reason', todo: 'Give the reason why the member left.' },

    household_no_missing: {
      name: 'No household number',
      what: 'Without a household number nobody knows which household the row belongs to.',
      todo: 'Add it on every row of the household.',
    },
    household_unknown: {
      name: 'Household not found',
      what: 'Neither the sheet of households nor the registry within your reach has it.',
      todo: 'Check the number; for a new household add a row on the sheet 户.',
    },
    household_repeated: {
      name: 'Two rows for one household',
      what: 'The same household stands in row {{firstRow}}.',
      todo: 'Merge them and delete the one too many.',
    },
    contradictory_repeat: {
      name: 'Rows of one household differ',
      what: 'Differs from the household’s first row ({{firstRow}}); which one counts is unclear.',
      todo: 'Make them the same on every row.',
    },
    village_missing: {
      name: 'No village',
      todo: 'Add township and village, or the 12-digit code of the village.',
    },
    village_unknown: {
      name: 'No such village',
      what: 'This township has no village of this name or code.',
      todo: 'Check the name: the administrative village, not a hamlet or group.',
      todoElsewhere: 'There is a village of this name in {{townships}}: check the township.',
    },
    township_unknown: {
      name: 'No such township in the county',
      todo: 'Check the name of the township or subdistrict and write it in full.',
    },
    village_ambiguous: {
      name: 'Several villages have this name',
      what: 'There is one in each of {{townships}}.',
      todo: 'Add the township, or write the 12-digit code of the village.',
    },
    village_differs_from_code: {
      name: 'Name and code are of different villages',
      what: 'The code is that of “{{villageName}}”.',
      todo: 'Correct whichever is wrong.',
    },
    village_out_of_reach: {
      name: 'Outside your reach',
      todo: 'Delete these households from the file, or ask the colleague in charge of the village to import them.',
    },
    person_no_repeated: {
      name: 'Person number repeated',
      what: 'The same person number stands in row {{firstRow}}.',
      todo: 'Everybody has a number of their own. Check for a double entry or a copying mistake.',
    },
    id_number_repeated: {
      name: 'ID number repeated',
      what: 'The same ID number stands in row {{firstRow}}, in this household.',
      whatElsewhere: 'The same ID number stands in row {{firstRow}}, in another household.',
      todo: 'Check whether one person stands there twice, or one number was copied wrongly.',
    },
    income_year_repeated: {
      name: 'Two rows for one household and year',
      what: 'Row {{firstRow}} has the same household and year.',
      todo: 'Merge them and delete the one too many.',
    },
    person_key_missing: {
      name: 'Person cannot be recognised',
      what: 'Neither person number nor ID number: nobody can tell who this is.',
      todo: 'Add the person number or the ID number.',
    },
    several_spouses: {
      name: 'Several spouses in one household',
      todo: 'Check the relations: only one can be the spouse.',
    },
    no_head: { name: 'Household without a head', todo: 'Make the relation of one member 户主.' },
    several_heads: {
      name: 'Household with several heads',
      what: 'This household has {{count}} heads.',
      whatRegistry: 'With the one already in the registry this household would have {{count}} heads.',
      todo: 'Leave one head and give the others their relation to him or her.',
      todoRegistry:
        'If the head has changed, put the former head into the file too, with the relation to the new one.',
    },

    household_in_other_village: {
      name: 'The registry has this household in another village',
      what: 'In the registry this number is a household of “{{villageName}}”.',
      todo: 'Check number and village. If the household did move, change its card first.',
    },
    household_no_taken: {
      name: 'Number of a household outside your reach',
      todo: 'Check the number; if it is right, ask the county office.',
    },
    person_in_other_household: {
      name: 'The registry has this person in another household',
      what: 'In the registry this person number is in household {{householdNo}}.',
      todo: 'Check both numbers. If the person did move, let them leave the former household on its card first.',
    },
    person_no_taken: {
      name: 'Number of a person outside your reach',
      todo: 'Check the number; if it is right, ask the county office.',
    },
    person_no_differs: {
      name: 'The registry has this ID number under another person number',
      todo: 'Check which of the two numbers was copied wrongly.',
    },
    id_number_in_other_household: {
      name: 'The registry has this ID number in another household',
      what: 'In the registry this ID number is in household {{householdNo}}.',
      todo: 'Check the number. If the person did move, let them leave the former household on its card first.',
    },

    relation_contradicts_age: {
      name: 'Relation and age look unlikely',
      todo: 'Step-families may be so. Have a look; leave it if it is right.',
    },
    bank_account_luhn: {
      name: 'A digit of the bank card may be mistyped',
      todo: 'Compare with the card. Old cards may be so; leave it if it is right.',
    },
    member_count_differs: {
      name: 'Number of members differs',
      what: 'The file says {{declared}}, there are {{counted}}.',
      todo: 'The system counts the members itself. Check whether somebody is missing or too many.',
    },
    total_differs: {
      name: 'Total differs from its parts',
      what: 'The file says {{declaredYuan}} yuan, the parts add up to {{computedYuan}} yuan.',
      todo: 'The system adds the parts itself. Check whether one is missing or too many.',
    },
    id_number_differs: {
      name: 'ID number differs from the registry',
      what: 'The registry has another ID number for this person number; that of the file is taken over.',
      todo: 'Leave it if it is a correction or a new card; correct it if it is another person’s.',
    },
    head_differs: {
      name: 'Head named is not the head among the members',
      todo: 'The member whose relation is 户主 counts. Check which one is wrong.',
    },
    county_differs: {
      name: 'Another county',
      todo: 'The village decides, so this is no hindrance. Check the name of the county.',
    },
  },
}
