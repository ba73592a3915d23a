/** Records that exist and that the township of the tests does not reach, by what the cases below call them. */
export interface Records {
  household: string
  householdNo: string
  member: string
  helper: string
  measure: string
  village: string
  account: string
  unit: string
  person: string
  holding: string
  post: string
  import: string
}

/** How one request is asked. */
export interface EndpointCase {
  /** Values of the path's parameters. */
  params?: (records: Records) => Record<string, string>
  /** A body that passes the contract; the example of the description when left out. */
  body?: (records: Records) => unknown
  /** A query for which the answer would name the record, were it within reach. */
  query?: string
  /**
   * What somebody out of reach gets: a status, an answer that hides a text, or why everybody with the action may see
   * it. Left out where there is no reach: one's own account, and what the administrators keep.
   */
  outside?: 404 | 422 | { hides: keyof Records } | { open: string }
}

const household = (records: Records) => ({ id: records.household })
const row = (name: 'member' | 'helper' | 'measure') => (records: Records) => ({
  id: records.household,
  rowId: records[name],
})
const anImport = { params: (records: Records) => ({ id: records.import }), outside: 404 } as const
const onHousehold = { params: household, outside: 404 } as const
const directory = { open: 'the directory of the county is open to whoever may view it' }
const ON = '2018-04-02'

/** One line for each request of the contract. A new request fails the test until its line stands here. */
export const ENDPOINT_CASES: Record<string, EndpointCase> = {
  'signInEndpoints.signIn': {},
  'signInEndpoints.session': {},
  'signInEndpoints.signOut': {},
  'signInEndpoints.changePassword': {},
  'signInEndpoints.offerSecondFactor': {},
  'signInEndpoints.confirmSecondFactor': {},
  'accountEndpoints.list': {},
  'accountEndpoints.create': {},
  'accountEndpoints.findPersons': {},
  'accountEndpoints.act': { params: ({ account }) => ({ id: account, action: 'unlock' }) },
  'permissionEndpoints.table': {},
  'permissionEndpoints.set': {
    params: () => ({ postKind: 'office_director' }),
    body: () => ({ actions: [] }),
  },
  'auditEndpoints.list': {},
  'auditEndpoints.seal': {},
  'auditEndpoints.export': {},
  'areaEndpoints.tree': { outside: { open: 'division codes are published; counts keep to the reach' } },
  'areaEndpoints.detail': {
    params: ({ village }) => ({ code: village }),
    outside: { open: 'division codes are published; counts keep to the reach' },
  },
  'organisationEndpoints.chart': { outside: directory },
  'organisationEndpoints.choices': { outside: directory },
  'organisationEndpoints.unit': { params: ({ unit }) => ({ id: unit }), outside: directory },
  'organisationEndpoints.persons': { outside: directory },
  'organisationEndpoints.exportPersons': { outside: directory },
  'organisationEndpoints.person': { params: ({ person }) => ({ id: person }), outside: directory },
  'organisationEndpoints.addPerson': {
    body: ({ unit }) => ({ name: '外单位', homeUnitId: unit }),
    outside: 422,
  },
  'organisationEndpoints.changePerson': {
    params: ({ person }) => ({ id: person }),
    body: ({ unit }) => ({ name: '改名', homeUnitId: unit, version: 1 }),
    outside: 404,
  },
  'organisationEndpoints.givePost': {
    params: ({ person }) => ({ id: person }),
    body: ({ post }) => ({ postId: post, heldFrom: ON, basis: '通知' }),
    outside: 404,
  },
  'organisationEndpoints.endPost': {
    params: ({ holding }) => ({ id: holding }),
    body: () => ({ on: ON, reason: '免去' }),
    outside: 404,
  },
  'organisationEndpoints.movePost': {
    params: ({ holding }) => ({ id: holding }),
    body: ({ post }) => ({ postId: post, on: ON, basis: '通知' }),
    outside: 404,
  },
  'householdEndpoints.list': { outside: { hides: 'householdNo' } },
  'householdEndpoints.export': { query: '?format=csv', outside: { hides: 'householdNo' } },
  'householdEndpoints.search': {
    outside: { open: 'it only keeps what was typed; the list decides what is found' },
  },
  'householdEndpoints.create': { outside: 422 },
  'householdEndpoints.card': onHousehold,
  'householdEndpoints.history': onHousehold,
  'householdEndpoints.comparison': { ...onHousehold, query: '?from=2018-04-02' },
  'householdEndpoints.unmask': onHousehold,
  'cardPersonEndpoints.list': { outside: { hides: 'householdNo' } },
  'cardPersonEndpoints.export': { query: '?format=csv', outside: { hides: 'householdNo' } },
  'householdEditEndpoints.changeIdentity': onHousehold,
  'householdEditEndpoints.changeStatus': onHousehold,
  'householdEditEndpoints.changeLivingConditions': onHousehold,
  'householdEditEndpoints.changeIncomeYear': {
    params: (records) => ({ ...household(records), year: '2017' }),
    outside: 404,
  },
  'householdEditEndpoints.addMember': onHousehold,
  'householdEditEndpoints.changeMember': { params: row('member'), outside: 404 },
  'householdEditEndpoints.leaveHousehold': { params: row('member'), outside: 404 },
  'householdEditEndpoints.changeHead': onHousehold,
  'householdEditEndpoints.addHelper': onHousehold,
  'householdEditEndpoints.changeHelper': { params: row('helper'), outside: 404 },
  'householdEditEndpoints.endHelper': { params: row('helper'), outside: 404 },
  'householdEditEndpoints.addMeasure': onHousehold,
  'householdEditEndpoints.changeMeasure': { params: row('measure'), outside: 404 },
  'villageProfileEndpoints.profile': { params: ({ village }) => ({ code: village }), outside: 404 },
  'villageProfileEndpoints.changeProfile': { params: ({ village }) => ({ code: village }), outside: 404 },
  'packCardEndpoints.cardFields': { outside: { open: 'the policy pack is the same for all' } },
  'importEndpoints.template': { outside: { open: 'the template is the same for all' } },
  'importEndpoints.list': { outside: { hides: 'import' } },
  'importEndpoints.upload': { outside: { open: 'one uploads a file of one’s own' } },
  'importEndpoints.get': anImport,
  'importEndpoints.problems': anImport,
  'importEndpoints.errorWorkbook': anImport,
  'importEndpoints.preview': { ...anImport, query: '?kind=new' },
  'importEndpoints.check': anImport,
  'importEndpoints.cancel': anImport,
  'importEndpoints.commit': anImport,
  'importEndpoints.undo': anImport,
  'importEndpoints.discard': anImport,
  'cockpitEndpoints.monthly': {
    query: '?from=2018-01&to=2018-04',
    outside: { open: 'figures are counted within reach; their own test compares' },
  },
  'cockpitEndpoints.figures': {
    outside: { open: 'figures are counted within reach; their own test compares' },
  },
}
