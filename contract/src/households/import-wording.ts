/**
 * What is wrong in a workbook and what to do, in Chinese, by code. `name`: short, for counting alike ones; `what`: with
 * what this cell says, where that tells more; `todo`: what to do. In the contract, because the server writes it into
 * error workbooks and the browser shows it.
 */
export const IMPORT_WORDING = {
  header_not_found: {
    name: '没有找到表头',
    what: '在“{{sheet}}”表中没有找到表头这一行。',
    todo: '请确认有一行是列名（如“户编号、姓名、证件号码”），标题可以写在它上面；也可以下载模板，把内容贴进去。',
  },
  required_column_missing: {
    name: '缺少必须的列',
    what: '缺少“{{header}}”这一列。没有它，认不出是哪一户、哪个人。',
    todo: '请补上“{{header}}”列后重新上传；如果只是列名不同，改成这个名字就可以。',
  },
  income_year_unknown: {
    name: '不知道收入是哪一年的',
    todo: '请在“识别列”一步选择年度；也可以在标题行写上“2017年度”这样的字样后重新上传。',
  },
  no_rows: {
    name: '只有表头，没有内容',
    todo: '请看看是不是选错了文件或工作表，选填好的那一份重新上传。',
  },
  too_many_problems: {
    name: '问题太多，检查提前结束',
    what: '已经发现 {{maximum}} 处问题，检查到这里就停了。',
    todo: '这么多问题，往往是整列贴错了位置或选错了文件。请先看数量最多的几类，改好后重新上传。',
  },

  required: {
    name: '必须填写的内容空着',
    what: '“{{header}}”空着，但这一项必须填写。',
    todo: '请补填后重新上传。',
  },
  digits_lost: {
    name: '号码被表格软件改成了数字',
    what: '表格软件把号码当成了数字，第 15 位以后的数字已经变成 0，猜不回来。',
    todo: '请先把整列设为“文本”格式，再照原始材料重新录入号码。只改格式不行，丢掉的数字不会回来。',
  },
  formula_error: {
    name: '单元格里是公式错误',
    what: '单元格里是公式错误 {{code}}。',
    todo: '请改正公式，或者直接填写结果。',
  },
  unknown_value: {
    name: '不在可选的内容之中',
    what: '“{{header}}”没有这个选项。',
    todo: '请从这些选项中选一个：{{permitted}}。',
    todoSuggested: '是不是想填“{{suggestion}}”？可以填的有：{{permitted}}。',
    todoPlain: '请按模板中下拉列表的内容填写。',
  },
  unknown_yes_no: { name: '看不出是“是”还是“否”', todo: '请填“是”或“否”；还不清楚的，先空着。' },
  too_many_values: {
    name: '选项填得太多',
    what: '“{{header}}”最多填 {{maximum}} 项。',
    todo: '请留下主要的几项，其余删去。',
  },
  repeated_value: { name: '同一选项填了两次', todo: '请删去重复的一个。' },
  not_a_number: { name: '不是数字', todo: '请只填数字，不写单位和文字；没有的空着。' },
  not_an_integer: { name: '应当是整数', todo: '请填整数，如 3。' },
  too_many_decimals: {
    name: '小数位数太多',
    what: '“{{header}}”最多有 {{scale}} 位小数。',
    todo: '请自己取舍后再填，系统不会替您改动数字。',
  },
  too_small: {
    name: '数值太小',
    what: '“{{header}}”不能小于 {{minimum}}。',
    todo: '请核对数字，也看看单位：金额以元计。',
  },
  too_big: {
    name: '数值太大',
    what: '“{{header}}”不能大于 {{maximum}}。',
    todo: '请核对数字，也看看单位：金额以元计。',
  },
  not_a_year: { name: '不是年份', todo: '请填四位数的年份，如 2017。' },
  not_a_month: { name: '不是年月', todo: '请这样填：201412、2014-12 或 2014年12月。' },
  not_a_date: { name: '不是日期', todo: '请这样填：1965-03-12、19650312 或 1965年3月12日。' },
  date_in_future: { name: '日期还没有到', todo: '请看看年份是不是写错了。' },
  too_long: {
    name: '内容太长',
    what: '“{{header}}”最多 {{maximum}} 个字。',
    todo: '请写短一些；放不下的可以写在备注里。',
  },
  phone_invalid: {
    name: '电话号码不对',
    todo: '请填 11 位手机号，或者带区号的座机号（如 0396 开头）；没有电话的空着。',
  },
  id_number_length: {
    name: '证件号码位数不对',
    todo: '身份证号是 18 位，残疾人证号是 20 位（补办过的 22 位）。请对照证件核对，看是不是漏了或多了一位。',
  },
  id_number_characters: {
    name: '证件号码里有别的字符',
    todo: '号码应当全是数字，身份证最后一位可以是 X。请去掉别的字符。',
  },
  id_number_date: {
    name: '证件号码里的出生日期不对',
    what: '证件号码第 7 到 14 位是出生日期，这个日期不存在，或者还没有到。',
    todo: '请对照证件核对这 8 位数字。',
  },
  id_number_checksum: {
    name: '证件号码有一位录错了',
    what: '证件号码最后一位与前面的数字对不上，多半有一位录错了。',
    todo: '请对照证件逐位核对。',
  },
  disability_type_wrong: {
    name: '残疾人证号的类别位不对',
    what: '残疾人证号第 19 位是残疾类别，应当是 1 到 7。',
    todo: '请对照残疾人证核对。',
  },
  disability_grade_wrong: {
    name: '残疾人证号的等级位不对',
    what: '残疾人证号第 20 位是残疾等级，应当是 1 到 4。',
    todo: '请对照残疾人证核对。',
  },
  bank_account_characters: {
    name: '银行账号里有别的字符',
    todo: '账号应当全是数字，请去掉文字、字母和符号。',
  },
  bank_account_length: { name: '银行账号位数不对', todo: '请对照“一卡通”或存折核对，看是不是漏了几位。' },
  id_number_type_differs: {
    name: '证件类型与号码不相符',
    todo: '身份证号是 18 位，残疾人证号是 20 位。请看看是类型选错了，还是号码填错了。',
  },
  id_number_missing: {
    name: '缺少证件号码',
    what: '填了证件类型，却没有证件号码。',
    todo: '请补上号码；确实没有证件的，请改证件类型。',
  },
  id_number_unexpected: {
    name: '填了号码，证件类型却是“无户口/其他”',
    todo: '请把证件类型改对；号码不是他本人的，请删去号码。',
  },
  sex_differs_from_id_number: {
    name: '性别与证件号码不相符',
    todo: '请看看是性别填错了，还是证件号码录错了。性别也可以空着，由号码得出。',
  },
  birth_differs_from_id_number: {
    name: '出生日期与证件号码不相符',
    todo: '请看看是日期填错了，还是证件号码录错了。日期也可以空着，由号码得出。',
  },
  healthy_excludes_others: {
    name: '“健康”和别的健康状况一起填了',
    todo: '身体健康的只留“健康”；有病或残疾的，请去掉“健康”。',
  },
  causes_repeat: { name: '其他致贫原因与主要原因重复', todo: '请把其他原因中重复的一个删去或改正。' },
  irrigated_exceeds_farmland: {
    name: '灌溉面积比耕地面积还大',
    todo: '请核对这两个面积，都按亩填。',
  },
  danger_level_differs: {
    name: '是否危房与房屋等级不相符',
    what: 'A、B 级不算危房，C、D 级才是危房。',
    todo: '请核对“是否危房”和等级，改正错的一项。',
  },
  disability_differs_from_card: {
    name: '残疾情况与残疾人证号不相符',
    todo: '残疾人证号的第 19、20 位就是类别和等级。请对照残疾人证，改正错的一项。',
  },
  school_status_contradicts_age: {
    name: '在校情况与年龄不相符',
    what: '此人 {{age}} 岁，与填写的在校情况对不上。',
    todo: '请核对在校情况，也看看证件号码是不是录错了。',
  },
  exit_year_missing: {
    name: '已脱贫，却没有脱贫年度',
    todo: '请补上脱贫年度；还没有脱贫的，请改脱贫状态。',
  },
  exit_year_unexpected: {
    name: '还没脱贫，却有脱贫年度',
    todo: '请删去脱贫年度；已经脱贫的，请改脱贫状态。',
  },
  exit_before_identification: {
    name: '脱贫比识别还早',
    todo: '请核对识别的年月和脱贫年度，改正错的一项。',
  },
  return_before_exit: { name: '返贫比脱贫还早', todo: '请核对脱贫年度和返贫年度，改正错的一项。' },
  relocation_way_missing: {
    name: '搬迁户没有写搬迁方式',
    todo: '请补上搬迁方式；不是搬迁户的，请改为“否”。',
  },
  relocation_unexpected: {
    name: '不是搬迁户，却写了搬迁方式或地址',
    todo: '请删去搬迁方式和地址；确是搬迁户的，请改为“是”。',
  },
  relation_contradicts_sex: {
    name: '与户主关系和性别不相符',
    todo: '例如“之子”应当是男性。请看看是关系、性别填错了，还是证件号码录错了。',
  },
  spouse_same_sex_as_head: {
    name: '配偶与户主性别相同',
    todo: '请核对两人的性别和证件号码，也看看关系是不是选错了。',
  },
  head_sex_contradicts_relation: {
    name: '户主的性别与家人的关系对不上',
    todo: '请核对户主的性别和证件号码，也看看家人的“与户主关系”是不是选错了。',
  },
  relations_incomplete: {
    name: '家人与户主的关系没有写全',
    todo: '请给这一户在册的每一个人都写上“与户主关系”。',
  },
  ended_before_started: { name: '结束比开始还早', todo: '请核对开始和结束的日期，改正错的一项。' },
  effect_before_provided: { name: '见效比帮扶还早', todo: '请核对帮扶和见效的日期，改正错的一项。' },
  person_unknown: {
    name: '组织机构里没有这个人',
    todo: '请核对姓名和单位；新来的同事，请先在组织机构里添加。',
  },
  reason_missing: { name: '减少的成员没有写原因', todo: '请写明自然减少的原因。' },

  household_no_missing: {
    name: '没有户编号',
    what: '没有户编号，不知道这一行属于哪一户。',
    todo: '请补上户编号；同一户的每一行都要写。',
  },
  household_unknown: {
    name: '找不到这一户',
    what: '文件的户表里没有这一户，您管辖范围内的登记册里也没有。',
    todo: '请核对户编号；如果是新增的户，请在“户”表里也加上一行。',
  },
  household_repeated: {
    name: '同一户在“户”表里写了两行',
    what: '与第 {{firstRow}} 行是同一户。',
    todo: '一户只要一行，请合并后删去多余的。',
  },
  contradictory_repeat: {
    name: '同一户各行写得不一样',
    what: '与本户第一行（第 {{firstRow}} 行）写的不一样，不知道以哪个为准。',
    todo: '户的内容每一行都要相同，请改成一致。',
  },
  village_missing: { name: '没有写行政村', todo: '请补上乡镇和行政村的名称，或者 12 位的行政村代码。' },
  village_unknown: {
    name: '没有这个行政村',
    what: '这个乡镇没有这个名称或代码的行政村。',
    todo: '请核对村名，写行政村，不写自然村或村民组。',
    todoElsewhere: '{{townships}}有叫这个名字的村，请看看乡镇是不是写错了。',
  },
  township_unknown: { name: '县里没有这个乡镇', todo: '请核对乡镇或街道的名称，写全称，如“××镇”。' },
  village_ambiguous: {
    name: '有几个村叫这个名字',
    what: '{{townships}}都有叫这个名字的村。',
    todo: '请补上乡镇，或者写 12 位的行政村代码。',
  },
  village_differs_from_code: {
    name: '村名与代码不是同一个村',
    what: '这个代码是“{{villageName}}”的。',
    todo: '请看看是村名写错了，还是代码写错了。',
  },
  village_out_of_reach: {
    name: '不在您的管辖范围内',
    todo: '请从文件中删去这些户，或者请管这个村的同事来导入。',
  },
  person_no_repeated: {
    name: '人编号重复',
    what: '与第 {{firstRow}} 行的人编号相同。',
    todo: '一人一个编号。请看看是重复录入，还是编号抄错了。',
  },
  id_number_repeated: {
    name: '证件号码重复',
    what: '与本户第 {{firstRow}} 行的证件号码相同。',
    whatElsewhere: '与另一户第 {{firstRow}} 行的证件号码相同。',
    todo: '请看看是不是同一个人写了两次，或者有一处抄错了。',
  },
  income_year_repeated: {
    name: '同一户同一年的收入写了两行',
    what: '与第 {{firstRow}} 行是同一户、同一年的收入。',
    todo: '一户一年只要一行，请合并后删去多余的。',
  },
  person_key_missing: {
    name: '认不出是哪个人',
    what: '没有人编号，也没有证件号码，认不出是家里的哪一位。',
    todo: '请补上人编号或证件号码。',
  },
  several_spouses: { name: '一户有几个配偶', todo: '请核对“与户主关系”，只能有一人是配偶。' },
  no_head: { name: '这一户没有户主', todo: '请把其中一人的“与户主关系”填为“户主”。' },
  several_heads: {
    name: '这一户有几个户主',
    what: '这一户有 {{count}} 个户主。',
    whatRegistry: '算上登记册里原有的，这一户就有 {{count}} 个户主。',
    todo: '请只留一人是“户主”，其余的改成与他的关系。',
    todoRegistry: '如果换了户主，请把原户主也写进文件，并改成与新户主的关系。',
  },

  household_in_other_village: {
    name: '登记册里这个户编号在别的村',
    what: '登记册里，这个户编号属于“{{villageName}}”。',
    todo: '请核对户编号和村。如果这一户确实迁了村，请先在户卡上改。',
  },
  household_no_taken: {
    name: '户编号已被管辖范围外的户使用',
    todo: '请核对户编号；确认没有抄错的，请联系县脱贫攻坚办处理。',
  },
  person_in_other_household: {
    name: '登记册里这个人在别的户',
    what: '登记册里，这个人编号在户 {{householdNo}} 中。',
    todo: '请核对人编号和户编号。如果确实分户或转户了，请先在原户卡上办理减少。',
  },
  person_no_taken: {
    name: '人编号已被管辖范围外的人使用',
    todo: '请核对人编号；确认没有抄错的，请联系县脱贫攻坚办处理。',
  },
  person_no_differs: {
    name: '登记册里这个证件号码是另一个人编号',
    todo: '请核对人编号和证件号码，看看哪一个抄错了。',
  },
  id_number_in_other_household: {
    name: '登记册里这个证件号码在别的户',
    what: '登记册里，这个证件号码在户 {{householdNo}} 中。',
    todo: '请核对证件号码。如果确实分户或转户了，请先在原户卡上办理减少。',
  },

  relation_contradicts_age: {
    name: '与户主关系和年龄看着不合',
    todo: '父母比子女还年轻之类，再婚家庭也可能如此。请看一眼，没错就不用改。',
  },
  bank_account_luhn: {
    name: '银行卡号可能有一位录错了',
    todo: '请对照银行卡核对；老存折、老卡可能本来如此，没错就不用改。',
  },
  member_count_differs: {
    name: '家庭人口数与实际人数不同',
    what: '文件里写的是 {{declared}} 人，数下来是 {{counted}} 人。',
    todo: '人口数由系统数出来，以成员为准。请看看是不是漏了人或多了人。',
  },
  total_differs: {
    name: '合计与各项之和不同',
    what: '文件里写的合计是 {{declaredYuan}} 元，各项加起来是 {{computedYuan}} 元。',
    todo: '合计由系统加出来，以各项为准。请看看各项有没有漏填或多填。',
  },
  id_number_differs: {
    name: '证件号码与登记册里的不同',
    what: '登记册里，这个人编号原来是另一个证件号码；导入后以文件里的为准。',
    todo: '如果是更正或换证，不用改；如果抄错了人，请改正。',
  },
  head_differs: {
    name: '户主姓名与成员中的户主不同',
    todo: '以“与户主关系”是“户主”的人为准。请看看哪一处写错了。',
  },
  county_differs: {
    name: '县名不是本县',
    todo: '以行政村为准，不影响导入。请看看县名是不是抄错了。',
  },
} as const
