import { parse } from 'csv-parse/sync'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  enumerationReader,
  headersOf,
  hasPost,
  isInForce,
  listFlatColumns,
  listLabelledFields,
  listTemplateColumns,
  listUnits,
  loadPack,
  PackError,
  yesNoReader,
} from './index.ts'

const PACK = join(import.meta.dirname, '../../../../packs/shangcai-2018')
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The message for a copy of the pack in which some text of some files was replaced. */
function messageAfter(...changes: [file: string, from: string | RegExp, to: string][]): string {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'))
  folders.push(folder)
  cpSync(PACK, folder, { recursive: true })
  for (const [file, from, to] of changes) {
    const text = readFileSync(join(folder, file), 'utf8')
    expect(text).toMatch(from)
    writeFileSync(join(folder, file), text.replace(from, to))
  }
  try {
    loadPack(folder)
  } catch (error) {
    if (error instanceof PackError) return error.message
    throw error
  }
  return 'accepted'
}

describe('the pack of Shangcai 2018', () => {
  const pack = loadPack(PACK)

  test('has the real townships and villages, and a unit for each', () => {
    const units = listUnits(pack)
    const count = (kind: string) => units.filter((unit) => unit.kind === kind).length
    expect([count('township'), count('village'), count('department'), count('working_group')]).toEqual([
      26, 460, 52, 6,
    ])
    expect(new Set(units.map((unit) => unit.code)).size).toBe(units.length)
    const seen = new Set<string>()
    for (const unit of units) {
      expect(unit.parentCode === null || seen.has(unit.parentCode), unit.code).toBe(true)
      seen.add(unit.code)
    }
  })

  test('has a post for every unit kind but villages and departments only where said', () => {
    const units = listUnits(pack)
    const secretary = pack.posts.find((post) => post.code === 'township_party_secretary')
    const director = pack.posts.find((post) => post.code === 'office_director')
    expect(units.filter((unit) => secretary && hasPost(unit, secretary)).length).toBe(26)
    expect(units.filter((unit) => director && hasPost(unit, director)).map((unit) => unit.code)).toEqual([
      'office',
    ])
  })

  test('labels every row of the collected field list exactly as it is printed', () => {
    const rows: { entity: string; field_zh: string }[] = parse(
      readFileSync(join(import.meta.dirname, 'fixtures/household-card-fields.csv')),
      { columns: true, comment: '#' },
    )
    const entities = ['household', 'living_condition', 'member', 'income_year', 'helper', 'measure']
    // Files and audit columns are no fields; the last rows were split into one field per value or joined with another.
    const elsewhere = [
      '照片(户主/住房)',
      '录入/修改日期与录入人',
      '户主签名',
      '帮扶内容及成本',
      '帮扶成效(时间/成效内容/签名)',
    ]
    const split = ['帮扶开始/结束时间', '生产经营性支出']
    const labels = new Set(listLabelledFields(pack).map(({ label }) => label.zh))
    const missing = rows.filter((row) => entities.includes(row.entity) && !labels.has(row.field_zh))
    expect(missing.map((row) => row.field_zh).sort()).toEqual([...elsewhere, ...split].sort())
  })

  test('knows the columns of the flat export and of the template', () => {
    const flat = listFlatColumns(pack)
    expect(flat.length).toBeGreaterThanOrEqual(85)
    for (const key of [
      'household.householdNo',
      'household.villageName',
      'member.idNo',
      'incomeYear.netFen',
    ]) {
      expect(flat.map((column) => column.key)).toContain(key)
    }
    expect(listTemplateColumns(pack, '人').filter(({ field }) => field.entity === 'household').length).toBe(1)
    const idNo = flat.find((column) => column.key === 'member.idNo')
    expect(idNo && headersOf(idNo)[0]).toBe('证件号码')
    expect(idNo && headersOf(idNo)).toContain('身份证号')
  })

  test('reads values in the spellings people use', () => {
    const cause = enumerationReader(pack, 'poverty_cause')
    const ethnicity = enumerationReader(pack, 'ethnicity')
    const status = enumerationReader(pack, 'poverty_status')
    expect([cause('因病'), cause(' 因病致贫 '), cause('1'), cause('1 因病'), cause('因懒')]).toEqual([
      'illness',
      'illness',
      'illness',
      'illness',
      undefined,
    ])
    expect([ethnicity('汉'), ethnicity('01'), ethnicity('1'), ethnicity('03-回族')]).toEqual([
      'han',
      'han',
      'han',
      'hui',
    ])
    expect(status('已脱贫（享受政策）')).toBe('exited_with_support')
    expect(enumerationReader(pack, 'danger_level')('ｃ')).toBe('c')
  })

  test('no label, synonym or national code leads to another value', () => {
    for (const [id, { values }] of Object.entries(pack.enumerations)) {
      const read = enumerationReader(pack, id)
      for (const { code, zh, synonyms, national } of values) {
        for (const word of [zh, ...synonyms, ...(national ? [national] : [])])
          expect(read(word), `${id} ${word}`).toBe(code)
      }
    }
  })

  test('reads yes and no', () => {
    const read = yesNoReader(pack)
    expect([read('是'), read('√'), read('ｙ'), read('否'), read('N'), read('也许'), read('')]).toEqual([
      true,
      true,
      true,
      false,
      false,
      undefined,
      undefined,
    ])
  })

  test('五保 was a category until 2016, 特困供养 from 2017', () => {
    const inForce = (code: string, year: number) => {
      const value = pack.enumerations['poor_attribute']?.values.find((entry) => entry.code === code)
      return value && isInForce(value, year)
    }
    expect([inForce('five_guarantees_poor', 2016), inForce('five_guarantees_poor', 2017)]).toEqual([
      true,
      false,
    ])
    expect([inForce('tekun_poor', 2016), inForce('tekun_poor', 2017), inForce('tekun_exited', 2030)]).toEqual(
      [false, true, true],
    )
  })

  test('gives the lines of 2016 in yuan with their days in force', () => {
    expect(pack.povertyLines.find((line) => line.year === 2016)).toMatchObject({
      from: '2016-01-01',
      until: '2016-12-31',
      nationalYuan: 2952,
      exitYuan: 3146,
      workingYuan: 3026,
    })
  })
})

describe('a faulty pack is refused in Chinese', () => {
  for (const [name, change, expected] of [
    [
      'an unknown unit',
      ['posts.yaml', 'units: [office]', 'units: [offfice]'],
      /posts\.yaml 第\d+行，posts\[3\]\.at\.units\[0\]：单位 offfice 不在/,
    ],
    [
      'an unknown action',
      ['posts.yaml', 'organisation.assign', 'organisation.asign'],
      /posts\[3\]\.actions\[3\]：只能是 areas\.view、.*写成了 organisation\.asign/,
    ],
    [
      'a repeated code',
      ['figures.yaml', 'id: home_units', 'id: cadres_first_batch'],
      /figures\[1\]\.id：cadres_first_batch 与第1条重复/,
    ],
    [
      'a missing enumeration',
      ['enumerations.yaml', '  fuel_type:', '  fuel_kind:'],
      /缺少枚举 fuel_type，字段 livingConditions\.fuelType 要用/,
    ],
    [
      'an enumeration nobody uses',
      ['enumerations.yaml', '  fuel_type:', '  fuel_kind:'],
      /enumerations\.fuel_kind：没有字段用到/,
    ],
    [
      'a code the rules need',
      ['enumerations.yaml', 'code: female', 'code: woman'],
      /规则要用的代码 female 没有定义/,
    ],
    ['an ambiguous synonym', ['enumerations.yaml', "'残疾证'", "'身份证'"], /“身份证”已经表示 resident_id/],
    [
      'a field the card lacks',
      ['card-fields.yaml', 'field: member.idNo', 'field: member.idNumber'],
      /户卡没有字段 member\.idNumber/,
    ],
    [
      'a field without a label',
      ['card-fields.yaml', 'field: member.idNo', 'field: member.idNumber'],
      /户卡字段 member\.idNo 没有标签/,
    ],
    [
      'one header for two fields',
      ['card-fields.yaml', "'家庭关系'", "'身份证号'"],
      /表头“身份证号”在平铺表中已经属于/,
    ],
    [
      'a village without its township',
      ['areas.csv', 'village,411722217000', 'village,411722218000'],
      /areas\.csv 第\d+行，\[\d+\]\.parent_code：.*411722218000 不在表中/,
    ],
    [
      'a group fed by no department',
      ['units.yaml', 'feeders: [D05', 'feeders: [D99'],
      /units\[3\]\.feeders\[0\]：D99 不是已列出的部门/,
    ],
    [
      'a code that YAML reads as a number',
      ['pack.yaml', "'411722000000'", '411722000000'],
      /pack\.yaml 第5行，countyCode：应为文字（数字要加引号）/,
    ],
    [
      'a computed field demanded',
      [
        'card-fields.yaml',
        'field: household.memberCount\n',
        'field: household.memberCount\n        required: true\n',
      ],
      /自动算出的字段不能要求填写/,
    ],
    ['a range upside down', ['card-fields.yaml', 'max: 2020', 'max: 2001'], /max：最大值小于最小值/],
    [
      'a field written twice',
      ['card-fields.yaml', 'field: member.name\n', 'field: member.phone\n'],
      /member\.phone 已经写过一次/,
    ],
    ['a word that is both yes and no', ['enumerations.yaml', "'不是'", "'是'"], /yesNo：是 同时写在是和否里/],
    [
      'a value that ends before it begins',
      ['enumerations.yaml', 'until: 2016', 'until: 2013'],
      /values\[2\]\.until：止年早于起年/,
    ],
    [
      'a parent that is no unit',
      ['units.yaml', 'parent: leading_group', 'parent: leading_team'],
      /units\[1\]\.parent：上级单位 leading_team 不存在/,
    ],
    [
      'a township under the city',
      ['areas.csv', '黄埠镇,township,411722000000', '黄埠镇,township,411700000000'],
      /黄埠镇 的上级 驻马店市 级别不对/,
    ],
    [
      'a county that is not in the table',
      ['pack.yaml', "'411722000000'", "'411723000000'"],
      /countyCode：411723000000 不是 areas\.csv 中的县/,
    ],
    [
      'an area listed twice',
      ['areas.csv', '411722102000,杨集镇', '411722101000,杨集镇'],
      /411722101000 与第\d+条重复/,
    ],
    [
      'a missing property',
      ['posts.yaml', /    basis: 2018年4月报道：县委书记任组长\n/, ''],
      /posts\[0\]\.basis：缺少这一项/,
    ],
    ['a misspelt property', ['pack.yaml', 'validUntil', 'validTill'], /不认识的项 validTill/],
    ['broken YAML', ['units.yaml', 'units:', 'units: ['], /units\.yaml 第\d+行：YAML 写法有误/],
    [
      'a line that ends before it begins',
      ['poverty-lines.yaml', "until: '2016-12-31'", "until: '2015-12-31'"],
      /lines\[2\]\.until：止日早于起日/,
    ],
  ] as const) {
    test(name, () => expect(messageAfter([...change])).toMatch(expected))
  }

  test('all problems of all files are told at once', () => {
    const message = messageAfter(
      ['pack.yaml', 'validUntil', 'validTill'],
      ['posts.yaml', 'organisation.assign', 'organisation.asign'],
      ['figures.yaml', 'id: home_units', 'id: cadres_first_batch'],
    )
    expect(message).toMatch(/有 4 处问题/)
    expect(message.match(/(pack|posts|figures)\.yaml/g)?.length).toBe(4)
  })

  test('a missing file is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pack-'))
    folders.push(folder)
    expect(() => loadPack(folder)).toThrow(/areas\.csv：文件不存在/)
  })
})
