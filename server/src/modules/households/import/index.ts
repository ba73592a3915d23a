export { householdImports } from './household-imports.ts'
export { importRoutes } from './import.routes.ts'
