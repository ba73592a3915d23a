import { COPY_NULL, copyText } from './cell-text.rules.ts'
import type { CheckContext, HouseholdState } from './check-context.ts'
import type { DocumentCell } from './document-cells.rules.ts'
import { readDocument } from './document-cells.rules.ts'
import type { MemberCells, SettledMember } from './member-checks.rules.ts'
import { followsRule, relatedMember, settleMember } from './member-checks.rules.ts'
import { copyLine } from './records.rules.ts'
import type { RecordLayout } from './records.rules.ts'
import type { RowPlace } from './row-reading.ts'
import { checkRequired, readRecord, recordColumns, report, reportField } from './row-reading.ts'
import type { SheetColumns } from './sheet-columns.ts'
import { maskedCell } from './sheet-columns.ts'
import { personNumberOf } from '../sealing.ts'

const DOCUMENT = 'member.idNo'
/** Reads persons from a sheet that lists them. */
export function memberReader(
  context: CheckContext,
  sheet: SheetColumns,
): (place: RowPlace, state: HouseholdState | undefined) => void {
  const layout = context.layouts.member
  // The kind of document may follow from the number, so it is asked for only after that.
  const from = recordColumns(sheet, layout, new Set([DOCUMENT, 'member.idType']))
  const idType = recordColumns(
    sheet,
    layout,
    new Set(layout.fields.flatMap(({ key }) => (key === 'member.idType' ? [] : [key]))),
  )
  const cellsOf = memberCells(layout)
  const personNoSlot = layout.slotOf('member.personNo')
  const nameSlot = layout.slotOf('member.name')
  const orderSlot = layout.slotOf('member.orderInHousehold')
  const record = layout.blank()
  return (place, state) => {
    // What the document told of the person before must not stay where this file has no column.
    record.fill(COPY_NULL)
    readRecord(place, from, record)
    readRecord(place, idType, record)
    const cells = cellsOf.from(record)
    const document = readDocumentCell(context, sheet, place, cells.idType)
    const settled = settleMember(cells, document, context.rules.today)
    for (const { field, code, params } of settled.faults) reportField(place, sheet, field, { code, params })
    cellsOf.into(record, settled)
    checkRequired(place, from, record)
    const personNo = record[personNoSlot] ?? COPY_NULL
    checkUnique(context, sheet, place, { personNo, document, settled })
    if (
      personNo === COPY_NULL &&
      document.number === null &&
      document.fault === null &&
      record[orderSlot] === COPY_NULL
    )
      reportField(place, sheet, 'member.personNo', { code: 'person_key_missing' })
    context.counts.members += 1
    if (!state) return
    noteMember(state, place, settled, record[nameSlot] ?? '', document.number)
    if (state.isUsable) stage(context, sheet, place, state, record, document.number)
  }
}

/** Between a record and the cells that are checked together; written out, because it happens 350,000 times. */
function memberCells(layout: RecordLayout) {
  const slot = (name: keyof MemberCells) => layout.slotOf(`member.${name}`)
  const [idType, relation, sex, birthOn] = [slot('idType'), slot('relation'), slot('sex'), slot('birthOn')]
  const [health, schoolStatus, decreaseReason] = [
    slot('health'),
    slot('schoolStatus'),
    slot('decreaseReason'),
  ]
  const [disabilityType, disabilityGrade] = [slot('disabilityType'), slot('disabilityGrade')]
  return {
    from: (record: readonly string[]): MemberCells => ({
      idType: record[idType] ?? COPY_NULL,
      relation: record[relation] ?? COPY_NULL,
      sex: record[sex] ?? COPY_NULL,
      birthOn: record[birthOn] ?? COPY_NULL,
      health: record[health] ?? COPY_NULL,
      schoolStatus: record[schoolStatus] ?? COPY_NULL,
      disabilityType: record[disabilityType] ?? COPY_NULL,
      disabilityGrade: record[disabilityGrade] ?? COPY_NULL,
      decreaseReason: record[decreaseReason] ?? COPY_NULL,
    }),
    /** What the document has settled goes back into the record. */
    into: (record: string[], settled: SettledMember): void => {
      record[idType] = settled.idType
      record[sex] = settled.sex
      record[birthOn] = settled.birthOn
      record[disabilityType] = settled.disabilityType
      record[disabilityGrade] = settled.disabilityGrade
    },
  }
}

function readDocumentCell(
  context: CheckContext,
  sheet: SheetColumns,
  place: RowPlace,
  idType: string,
): DocumentCell {
  const column = sheet.byKey.get(DOCUMENT)
  const cell = column ? (place.row.values[column.index] ?? null) : null
  const document = readDocument(cell, followsRule(idType), context.rules.today)
  if (!column || cell === null) return document
  column.filled += 1
  if (document.fault !== null) report(place, column, document.fault)
  else if (document.kind !== null)
    column.tally.note(
      document.kind,
      place.row.number,
      maskedCell(column.field, String(cell)) ?? '',
      maskedCell(column.field, document.number) ?? '',
    )
  return document
}

function checkUnique(
  context: CheckContext,
  sheet: SheetColumns,
  place: RowPlace,
  { personNo, document, settled }: { personNo: string; document: DocumentCell; settled: SettledMember },
): void {
  const row = place.row.number
  if (personNo !== COPY_NULL) {
    const firstRow = context.seenPersonNos.get(personNo)
    if (firstRow === undefined) context.seenPersonNos.set(personNo, row)
    else reportField(place, sheet, 'member.personNo', { code: 'person_no_repeated', params: { firstRow } })
  }
  // Who has left one household may be in another.
  if (document.number === null || settled.decreaseReason !== COPY_NULL) return
  const person = personNumberOf(document.number)
  const first = context.seenDocuments.get(person)
  const householdNo = place.householdNo ?? ''
  if (first === undefined) {
    context.seenDocuments.set(person, { row, householdNo })
    return
  }
  const isSameHousehold = first.householdNo === householdNo
  const params = { firstRow: first.row, isSameHousehold }
  reportField(place, sheet, DOCUMENT, { code: 'id_number_repeated', params })
}

function noteMember(
  state: HouseholdState,
  place: RowPlace,
  settled: SettledMember,
  name: string,
  number: string | null,
): void {
  state.members.push(relatedMember(settled))
  state.memberRows.push(place.row.number)
  if (settled.relation !== 'head' || settled.decreaseReason !== COPY_NULL) return
  state.headName = name
  state.headIdNo = number
}

function stage(
  context: CheckContext,
  sheet: SheetColumns,
  place: RowPlace,
  state: HouseholdState,
  record: readonly string[],
  number: string | null,
): void {
  const start = `${context.importId}\t${sheet.place.no}\t${place.row.number}\t${context.newId()}\t${state.id}\t${copyText(state.householdNo)}\t${state.villageCode}`
  const line = copyLine(start, record, context.layouts.member.copied)
  context.staging.members.line(line + sealedDocument(context, number))
}

const tails = new Map<string, string>()

function sealedDocument({ seal }: CheckContext, number: string | null): string {
  if (number === null) return `\t${COPY_NULL}\t${COPY_NULL}\t${COPY_NULL}`
  const person = personNumberOf(number)
  const tail = person.slice(-4)
  let tailHash = tails.get(tail)
  if (tailHash === undefined) {
    tailHash = seal.lookupHashHex('id_number_tail', tail)
    tails.set(tail, tailHash)
  }
  return `\t\\\\x${seal.sealHex(number)}\t\\\\x${seal.lookupHashHex('id_number', person)}\t\\\\x${tailHash}`
}

export const MEMBER_PREFIX = [
  'import_id',
  'sheet_no',
  'row_no',
  'id',
  'household_id',
  'household_no',
  'village_code',
]
export const MEMBER_SEALED = ['id_no_sealed', 'id_no_hash', 'id_no_tail_hash']
