import { choice, decimal, year, yesNo } from './field-kinds.ts'

const area = (meaning: string, source: string) =>
  decimal(meaning, { source, unit: 'mu', precision: 8, scale: 2 })

/** 生产生活条件: land, production, housing and services of one household, as they are now. */
export const livingConditionsTyped = {
  farmlandMu: area('Farmland', 'S2,S3,S4'),
  irrigatedMu: area('Effectively irrigated land, part of the farmland', 'S3,S4'),
  woodlandMu: area('Woodland', 'S2,S3,S4'),
  returnedForestMu: area('Farmland returned to forest', 'S2,S3,S4'),
  orchardMu: area('Orchards and nut trees', 'S2,S3,S4'),
  grasslandMu: area('Grassland', 'S2,S3,S4'),
  waterSurfaceMu: area('Water surface', 'S2,S3,S4'),
  hasJoinedCooperative: yesNo('Member of a farmers’ cooperative', { source: 'S2,S3' }),
  isLedByEnterprise: yesNo('Led by a leading enterprise', { source: 'S2,S3' }),
  isLedByPioneer: yesNo('Led by a person who started a business and got ahead', { source: 'S2,S3' }),
  hasProductionPower: yesNo('Has electricity for production', { source: 'S2,S3' }),
  hasHouseholdPower: yesNo('Has electricity for living', { source: 'S2,S3' }),
  hasBroadcastTv: yesNo('Has radio or television', { source: 'S2,S3' }),
  hasSafeWater: yesNo('Drinking water is safe: one of the guarantees of exit', { source: 'S1,S2,S3' }),
  hasWaterDifficulty: yesNo('Drinking water is hard to get', { source: 'S3' }),
  hasSanitaryToilet: yesNo('Has a sanitary toilet', { source: 'S2,S3' }),
  roadDistanceKm: decimal('Distance to the main road of the village', {
    source: 'S2,S3',
    unit: 'km',
    precision: 6,
    scale: 2,
  }),
  accessRoadType: choice('access_road_type', 'Surface of the road to the house', { source: 'S2,S3,S5' }),
  houseAreaM2: decimal('Floor area of the house', { source: 'S2,S3,S4', unit: 'm2', precision: 8, scale: 2 }),
  houseStructure: choice('house_structure', 'What the house is built of', { source: 'S3,S4' }),
  isDangerousHouse: yesNo('The house is a dangerous house, grade C or D', { source: 'S1,S2,S3' }),
  dangerLevel: choice('danger_level', 'Appraised grade of the house; A and B are safe', { source: 'S3,S4' }),
  renovationYear: year('Year in which the dangerous house was renovated', { source: 'S3' }),
  fuelType: choice('fuel_type', 'Main fuel', { source: 'S2,S3,S5' }),
}
