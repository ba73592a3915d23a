export { areaRoutes } from './areas.routes.ts'
export { areasService } from './areas.service.ts'
export { installAreas } from './areas.store.ts'
