import { v7 } from 'uuid'

/** A new record id: UUIDv7, so that ids sort by the time they were made. Made here because PostgreSQL 15 cannot. */
export const newId = (): string => v7()
