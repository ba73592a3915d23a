import { z } from 'zod'

/** 三员: administrators that exclude each other (等级保护 三权分立); null for everyone else. */
export const Administrator = z.enum(['system', 'security', 'audit'])
export type Administrator = z.infer<typeof Administrator>
