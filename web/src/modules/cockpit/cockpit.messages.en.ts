export const messages = {
  title: 'Figures',
  lead: 'Every number is counted from the records at this moment, within your reach; opening it shows exactly the records counted.',
  columns: {
    figure: 'Figure',
    reported: 'Reported',
    ours: 'Ours',
    met: 'Compared',
    counts: 'What is counted',
    share: 'Share',
  },
  groups: {
    report: 'Figures of the report of April 2018',
    registry: 'Registry and organisation',
    category: 'By category of the household',
    cause: 'By main cause of poverty',
  },
  notBuilt: 'Not built yet',
  met: 'Met',
  notMet: 'Not met',
  open: 'Show the records of {{label}}',
  summary:
    '{{met}} reach the reported number, {{notMet}} do not, {{notBuilt}} wait for a part not built yet.',
  monthly: {
    title: 'Month by month',
    lead: 'What the register held at the end of each month, as it was known then; later corrections do not change it. A month opens all figures as of its end.',
    figure: 'Figure',
    month: 'Month',
    none: 'No history has been kept yet.',
    description: 'Line chart, {{label}} month by month: {{list}}. The table below has the same numbers.',
  },
  chart: {
    title: 'Main causes of poverty',
    description:
      'Bar chart, households by cause from most to fewest: {{list}}. The table below has the same numbers.',
    bar: '{{label}} {{value}}',
    separator: ', ',
    none: 'No card within your reach has a main cause yet.',
  },
}
