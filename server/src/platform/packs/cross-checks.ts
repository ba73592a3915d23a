import { CODES_RULES_NEED } from '@tiejun/contract/households/codes.ts'
import { CARD_FIELDS, findCardField } from '@tiejun/contract/households/fields.ts'
import type { AreaLevel, PackEnumeration } from '@tiejun/contract/platform/packs.ts'
import type { Path } from './documents.ts'
import type { PackFiles } from './files.ts'
import { plainWord } from './words.ts'

type Report = (at: Path, message: string) => void

/** Adds to the documents' problems what one entry says wrongly of another, within a file and across files. */
export function crossCheck(files: PackFiles): void {
  checkAreas(files)
  checkUnits(files)
  checkPosts(files)
  checkEnumerations(files)
  checkCardFields(files)
  checkPovertyLines(files)
  checkFigures(files)
}

function reportRepeats<T>(
  items: readonly T[],
  key: (item: T) => string,
  at: (index: number) => Path,
  report: Report,
) {
  const first = new Map<string, number>()
  items.forEach((item, index) => {
    const earlier = first.get(key(item))
    if (earlier === undefined) first.set(key(item), index)
    else report(at(index), `${key(item)} 与第${earlier + 1}条重复，请删去一条或改名`)
  })
}

const LEVEL_ABOVE: Record<AreaLevel, AreaLevel | null> = {
  province: null,
  prefecture: 'province',
  county: 'prefecture',
  township: 'county',
  village: 'township',
}

function checkAreas({ areas, info }: PackFiles): void {
  const rows = areas.content ?? []
  reportRepeats(
    rows,
    (row) => row.code,
    (index) => [index, 'code'],
    areas.report,
  )
  const byCode = new Map(rows.map((row) => [row.code, row]))
  rows.forEach((row, index) => {
    const expected = LEVEL_ABOVE[row.level]
    const parent = byCode.get(row.parent_code)
    if (expected === null && row.parent_code === '') return
    if (!parent)
      areas.report([index, 'parent_code'], `${row.name} 的上级 ${row.parent_code || '（空）'} 不在表中`)
    else if (parent.level !== expected)
      areas.report([index, 'level'], `${row.name} 的上级 ${parent.name} 级别不对`)
  })
  const countyCode = info.content?.countyCode
  if (areas.content && countyCode && byCode.get(countyCode)?.level !== 'county') {
    info.report(['countyCode'], `${countyCode} 不是 areas.csv 中的县`)
  }
}

function checkUnits({ units }: PackFiles): void {
  const list = units.content?.units ?? []
  reportRepeats(
    list,
    (unit) => unit.code,
    (index) => ['units', index, 'code'],
    units.report,
  )
  const byCode = new Map(list.map((unit) => [unit.code, unit]))
  list.forEach((unit, index) => {
    if (unit.parent !== null && !byCode.has(unit.parent)) {
      units.report(['units', index, 'parent'], `上级单位 ${unit.parent} 不存在`)
    }
    unit.feeders.forEach((code, place) => {
      if (byCode.get(code)?.kind !== 'department') {
        units.report(['units', index, 'feeders', place], `${code} 不是已列出的部门`)
      }
    })
  })
}

function checkPosts({ posts, units }: PackFiles): void {
  const list = posts.content?.posts ?? []
  reportRepeats(
    list,
    (post) => post.code,
    (index) => ['posts', index, 'code'],
    posts.report,
  )
  if (!units.content) return
  const known = new Set(units.content.units.map((unit) => unit.code))
  list.forEach((post, index) => {
    if (!('units' in post.at)) return
    post.at.units.forEach((code, place) => {
      if (!known.has(code))
        posts.report(['posts', index, 'at', 'units', place], `单位 ${code} 不在 units.yaml 中`)
    })
  })
}

/** Enumerations the card refers to, with the field that needs each. */
function neededEnumerations(): Map<string, string> {
  return new Map(
    CARD_FIELDS.flatMap((field) =>
      field.enumeration ? [[field.enumeration, `${field.entity}.${field.name}`]] : [],
    ),
  )
}

function checkEnumerations({ enumerations }: PackFiles): void {
  const { content, report } = enumerations
  if (!content) return
  const needed = neededEnumerations()
  for (const [id, field] of needed) {
    if (!content.enumerations[id]) report(['enumerations'], `缺少枚举 ${id}，字段 ${field} 要用`)
  }
  for (const [id, enumeration] of Object.entries(content.enumerations)) {
    if (!needed.has(id)) report(['enumerations', id], '没有字段用到这个枚举，请删除或检查拼写')
    checkValues(id, enumeration, report)
  }
  for (const [id, codes] of Object.entries(CODES_RULES_NEED)) {
    const values = content.enumerations[id]?.values ?? []
    const missing = codes.filter((code) => !values.some((value) => value.code === code))
    if (missing.length > 0) report(['enumerations', id], `校验规则要用的代码 ${missing.join('、')} 没有定义`)
  }
  const no = new Set(content.yesNo.no.map(plainWord))
  const both = content.yesNo.yes.filter((word) => no.has(plainWord(word)))
  if (both.length > 0) report(['yesNo'], `${both.join('、')} 同时写在是和否里`)
}

function checkValues(id: string, { values }: PackEnumeration, report: Report): void {
  reportRepeats(
    values,
    (value) => value.code,
    (index) => ['enumerations', id, 'values', index, 'code'],
    report,
  )
  const meaning = new Map<string, string>()
  values.forEach((value, index) => {
    const at = ['enumerations', id, 'values', index]
    if (value.from !== undefined && value.until !== undefined && value.from > value.until) {
      report([...at, 'until'], '止年早于起年')
    }
    for (const word of [value.zh, ...value.synonyms]) {
      const other = meaning.get(plainWord(word))
      if (other !== undefined && other !== value.code)
        report(at, `“${word}”已经表示 ${other}，导入时无法分辨`)
      meaning.set(plainWord(word), value.code)
    }
  })
}

function checkCardFields({ cardFields }: PackFiles): void {
  const { content, report } = cardFields
  if (!content) return
  reportRepeats(
    content.groups,
    (group) => group.id,
    (index) => ['groups', index, 'id'],
    report,
  )
  const seen = new Map<string, Path>()
  content.groups.forEach((group, groupIndex) => {
    group.fields.forEach((entry, index) => {
      const at = ['groups', groupIndex, 'fields', index]
      const field = findCardField(entry.field)
      if (!field) report([...at, 'field'], `户卡没有字段 ${entry.field}`)
      if (seen.has(entry.field)) report([...at, 'field'], `${entry.field} 已经写过一次`)
      if (entry.min !== undefined && entry.max !== undefined && entry.min > entry.max) {
        report([...at, 'max'], '最大值小于最小值')
      }
      if (entry.required && field?.origin === 'derived')
        report([...at, 'required'], '自动算出的字段不能要求填写')
      seen.set(entry.field, at)
    })
  })
  for (const { entity, name } of CARD_FIELDS) {
    if (!seen.has(`${entity}.${name}`)) report(['groups'], `户卡字段 ${entity}.${name} 没有标签，请补上`)
  }
  checkHeaders(columnsOf(content), report)
}

type Column = { at: Path; headers: string[]; places: string[] }

function columnsOf(content: NonNullable<PackFiles['cardFields']['content']>): Column[] {
  return content.groups.flatMap((group, groupIndex) =>
    group.fields.map((entry, index) => ({
      at: ['groups', groupIndex, 'fields', index],
      headers: [entry.zh, ...entry.synonyms],
      places: [...(entry.flat ? ['平铺表'] : []), ...entry.sheets],
    })),
  )
}

/** A header must lead to one field in each table it may stand in, or the import could not tell which is meant. */
function checkHeaders(columns: readonly Column[], report: Report): void {
  const owner = new Map<string, Path>()
  for (const { at, headers, places } of columns) {
    for (const place of places) {
      for (const header of headers) {
        const key = `${place} ${plainWord(header)}`
        if ((owner.get(key) ?? at) !== at) report(at, `表头“${header}”在${place}中已经属于另一个字段`)
        owner.set(key, at)
      }
    }
  }
}

function checkPovertyLines({ povertyLines }: PackFiles): void {
  const lines = povertyLines.content?.lines ?? []
  reportRepeats(
    lines,
    (line) => String(line.year),
    (index) => ['lines', index, 'year'],
    povertyLines.report,
  )
  lines.forEach((line, index) => {
    if (line.from > line.until) povertyLines.report(['lines', index, 'until'], '止日早于起日')
  })
}

function checkFigures({ figures }: PackFiles): void {
  const list = figures.content?.figures ?? []
  reportRepeats(
    list,
    (figure) => figure.id,
    (index) => ['figures', index, 'id'],
    figures.report,
  )
}
