export { cockpitRoutes } from './cockpit.routes.ts'
export { cockpitService } from './cockpit.service.ts'
