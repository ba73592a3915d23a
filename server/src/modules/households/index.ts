// What other parts of the product may ask of the household registry.
export { assignDemoHelper, installDemoHouseholds } from './demo/install.ts'
export { villagesOf, writeDemoWorkbook } from './demo/workbook.ts'
