export { installAreas } from './areas.store.ts'
