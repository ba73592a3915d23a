import { count, decimal, money, year, yesNo } from './field-kinds.ts'

const counted = (meaning: string, unit: string, source = 'BK') => count(meaning, { source, unit })

/** 村情: what is entered about a village because no record of the register can tell it. */
export const villageProfileTyped = {
  isPoorVillage: yesNo('Registered as a poor village', { source: 'BK' }),
  exitYear: year('Year the village left the list of poor villages', { source: 'BK' }),
  totalHouseholdCount: counted('Households registered in the village, poor or not', 'households'),
  totalPersonCount: counted('Persons registered in the village, poor or not', 'persons'),
  residentPopulation: counted('Persons who live in the village', 'persons', 'S8'),
  dibaoHouseholdCount: counted('Households with the minimum living allowance (dibao)', 'households'),
  dibaoPersonCount: counted('Persons with the minimum living allowance (dibao)', 'persons'),
  tekunHouseholdCount: counted('Households supported as destitute (tekun)', 'households'),
  tekunPersonCount: counted('Persons supported as destitute (tekun)', 'persons'),
  collectiveIncomeFen: money('Income of the village collective in the last full year', { source: 'BK' }),
  pvCapacityKw: decimal("Installed capacity of the village's photovoltaic stations", {
    source: 'BK',
    unit: 'kW',
    precision: 8,
    scale: 2,
  }),
}
