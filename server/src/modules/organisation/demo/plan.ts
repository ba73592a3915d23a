/** One post of a demo person: kind and unit by their codes in the pack, first day, and last day when it is over. */
export interface PlannedPost {
  post: string
  unit: string
  from: string
  until?: string
  endReason?: string
  basis: string
}

/** One demo person before a name is drawn. */
export interface PlannedPerson {
  homeUnit: string
  staffTitle: string
  posts: PlannedPost[]
  /** User name of the demo account, when the person has one. */
  username?: string
}

// The first batch was in place within about a week of May 2016 (报道：一周左右60余名干部全部到位).
const FIRST_ORDER = 9
const BATCH_DAYS = 7
const batchDay = (index: number): string =>
  `2016-05-${String(FIRST_ORDER + (index % BATCH_DAYS)).padStart(2, '0')}`
const ORDER = '县委组织部抽调令（演示）'
const APPOINTED = '领导小组文件（演示）'

/**
 * Home units of each group's staff, the head first: departments that know its work (feeders of the pack), two each of
 * the former poverty office (D11), whose ten-odd staff were spread over the groups, then others; 36 departments.
 */
const GROUPS: { unit: string; homes: string }[] = [
  { unit: 'coordination_group', homes: 'D11 D02 D01 D35 D11 D38 D08 D32 D34 D39 D27' },
  { unit: 'publicity_group', homes: 'D05 D29 D05 D11 D09 D44 D29 D11 D45 D30' },
  { unit: 'supervision_group', homes: 'D03 D10 D03 D04 D11 D07 D33 D11 D14 D36' },
  { unit: 'appraisal_group', homes: 'D04 D03 D11 D25 D26 D22 D11 D42 D23 D43' },
  { unit: 'industry_group', homes: 'D12 D15 D11 D28 D40 D52 D11 D41 D46 D16 D18' },
  { unit: 'infrastructure_group', homes: 'D18 D12 D11 D17 D19 D20 D11 D50 D21 D13' },
]

const inBatch = (post: string, unit: string, index: number): PlannedPost => ({
  post,
  unit,
  from: batchDay(index),
  basis: ORDER,
})

const USERNAMES: Record<string, string> = {
  'coordination_group 0': 'coordinator',
  'coordination_group 1': 'clerk',
}

function planGroups(): PlannedPerson[] {
  let index = 0
  return GROUPS.flatMap(({ unit, homes }) =>
    homes.split(' ').map((homeUnit, place): PlannedPerson => {
      index += 1
      const post = inBatch(`${unit}_${place === 0 ? 'head' : 'officer'}`, unit, index)
      const username = USERNAMES[`${unit} ${place}`]
      const staffTitle = place === 0 ? '副科级干部' : place % 3 === 0 ? '股长' : '科员'
      return { homeUnit, staffTitle, posts: [post], ...(username && { username }) }
    }),
  )
}

/** A cadre who has been moved from one group to another, so that a history is there to be seen. */
function planMoved(): PlannedPerson {
  const moved = { until: '2017-03-06', endReason: '调整到产业发展组', basis: ORDER }
  return {
    homeUnit: 'D15',
    staffTitle: '农艺师',
    posts: [
      { post: 'infrastructure_group_officer', unit: 'infrastructure_group', from: batchDay(2), ...moved },
      {
        post: 'industry_group_officer',
        unit: 'industry_group',
        from: '2017-03-06',
        basis: '脱贫办人员调整通知（演示）',
      },
    ],
  }
}

function planLeaders(): PlannedPerson[] {
  const leads = (post: string, homeUnit: string, staffTitle: string, username?: string): PlannedPerson => ({
    homeUnit,
    staffTitle,
    posts: [{ post, unit: 'leading_group', from: '2016-03-01', basis: APPOINTED }],
    ...(username && { username }),
  })
  const director: PlannedPerson = {
    homeUnit: 'D02',
    staffTitle: '县政府办公室主任',
    username: 'director',
    posts: [
      { post: 'office_director', unit: 'office', from: '2016-04-18', basis: '县委任命文件（演示）' },
      { post: 'leading_group_member', unit: 'leading_group', from: '2016-04-18', basis: APPOINTED },
    ],
  }
  const deputies = ['D11', 'D04'].map((homeUnit): PlannedPerson => ({
    homeUnit,
    staffTitle: '副主任',
    posts: [
      { post: 'office_deputy_director', unit: 'office', from: '2016-04-25', basis: '县委任命文件（演示）' },
    ],
  }))
  return [
    leads('leading_group_head', 'D01', '县委书记', 'leader'),
    leads('leading_group_deputy', 'D02', '县长'),
    ...['县委副书记', '县人大常委会副主任', '副县长', '县政协副主席'].map((title) =>
      leads('leading_group_deputy', title === '副县长' ? 'D02' : 'D01', title),
    ),
    ...['D12', 'D13', 'D15', 'D22', 'D25', 'D26'].map((unit) => leads('leading_group_member', unit, '局长')),
    director,
    ...deputies,
  ]
}

function planLiaisons(): PlannedPerson[] {
  return ['D22', 'D24', 'D26', 'D36', 'D13'].map((unit, index): PlannedPerson => ({
    homeUnit: unit,
    staffTitle: '办公室主任',
    posts: [{ post: 'department_liaison', unit, from: '2016-06-01', basis: '部门推荐函（演示）' }],
    ...(index === 0 && { username: 'liaison' }),
  }))
}

/** Where township and village cadres of the demonstration serve; codes from areas.csv. */
export interface DemoPlaces {
  /** All townships; each has its party secretary. */
  townships: string[]
  /** Townships with poverty officers besides; the first one has the account `township`. */
  staffed: string[]
  /** Villages with cadres; the first one has the accounts `village` and `helper`. */
  villages: string[]
}

function planTownships({ townships, staffed }: DemoPlaces): PlannedPerson[] {
  const secretaries = townships.map((unit): PlannedPerson => ({
    homeUnit: unit,
    staffTitle: '党委书记',
    posts: [
      { post: 'township_party_secretary', unit, from: '2016-04-01', basis: '县委任命文件（演示）' },
      { post: 'leading_group_member', unit: 'leading_group', from: '2016-04-01', basis: APPOINTED },
    ],
  }))
  const officers = staffed.map((unit, index): PlannedPerson => ({
    homeUnit: unit,
    staffTitle: '扶贫专干',
    posts: [{ post: 'township_poverty_officer', unit, from: '2016-05-20', basis: '乡镇党委文件（演示）' }],
    ...(index === 0 && { username: 'township' }),
  }))
  return [...secretaries, ...officers]
}

function planVillages({ villages }: DemoPlaces): PlannedPerson[] {
  const serves = (post: string, unit: string, from: string): PlannedPost[] => [
    { post, unit, from, basis: '乡镇党委文件（演示）' },
  ]
  return villages.flatMap((unit, index): PlannedPerson[] => [
    {
      homeUnit: unit,
      staffTitle: '村支部书记',
      posts: serves('village_party_secretary', unit, '2015-01-10'),
    },
    // First secretaries are sent by county departments.
    {
      homeUnit: `D${String(13 + index).padStart(2, '0')}`,
      staffTitle: '驻村第一书记',
      posts: serves('first_secretary', unit, '2015-09-01'),
    },
    {
      homeUnit: unit,
      staffTitle: '村信息员',
      posts: serves('village_information_officer', unit, '2016-06-06'),
      ...(index === 0 && { username: 'village' }),
    },
  ])
}

function planHelpers({ villages }: DemoPlaces): PlannedPerson[] {
  return villages.slice(0, 3).map((unit, index): PlannedPerson => ({
    homeUnit: 'D22',
    staffTitle: '教师',
    posts: [{ post: 'household_helper', unit, from: '2016-06-15', basis: '结对帮扶安排（演示）' }],
    ...(index === 0 && { username: 'helper' }),
  }))
}

/** Everybody of the demo county who works in the organisation, in a fixed order. */
export const planPeople = (places: DemoPlaces): PlannedPerson[] => [
  ...planLeaders(),
  ...planGroups(),
  planMoved(),
  ...planLiaisons(),
  ...planTownships(places),
  ...planVillages(places),
  ...planHelpers(places),
]
