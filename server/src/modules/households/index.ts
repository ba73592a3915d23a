// What other parts of the product may ask of the household registry.
export { assignDemoHelper, installDemoHouseholds } from './demo/install.ts'
export { villagesOf, writeDemoWorkbook } from './demo/workbook.ts'
export { householdRoutes, packCardRoutes } from './households.routes.ts'
export { householdServices } from './households.service.ts'
export { householdIndicators } from './indicators.ts'
export { householdsByMonth } from './monthly.views.ts'
export { packFacts } from './pack-facts.ts'
export { householdImports, importRoutes } from './import/index.ts'
