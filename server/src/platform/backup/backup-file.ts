import { z } from 'zod'

/*
 * A backup file, in this order:
 *   signature, format version and its complement
 *   manifest       length (4 bytes) and JSON, in clear: what the file is, which key it needs
 *   frames         kind (1), length (4), sealed bytes; see sealed-frames.ts
 *                  for each table of the manifest: pieces of its COPY text, compressed by zstd, then its end;
 *                  after the last table the summary
 *   SHA-256 of everything before it (32 bytes)
 */

/** As in PNG: a byte that is no text, and line ends that a transfer as text would change. */
export const SIGNATURE = Buffer.from('\x89TIEJUN\r\n\x1a\n', 'latin1')
export const FORMAT_VERSION = 1
export const HEADER_BYTES = SIGNATURE.length + 2
export const DIGEST_BYTES = 32
export const MANIFEST_MOST_BYTES = 16 * 1024 * 1024

const Base64 = z.base64()
const Hash = z.string().regex(/^[\da-f]{64}$/)

/** The master key under a passphrase: scrypt makes a key of it, AES-256-GCM seals the master key. */
export const SealedKey = z.object({
  salt: Base64,
  /** Cost of scrypt; bounded, so that a made-up file cannot ask for all memory. */
  cost: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  sealed: Base64,
})
export type SealedKey = z.infer<typeof SealedKey>

export const TableOfBackup = z.object({
  name: z.string(),
  /** 表的中文名，from its comment. */
  label: z.string(),
  columns: z.array(z.string()).min(1),
})
export type TableOfBackup = z.infer<typeof TableOfBackup>

/** What a backup says of itself before its contents. */
export const Manifest = z.object({
  takenAt: z.iso.datetime(),
  productVersion: z.string(),
  /** server_version_num of the PostgreSQL it comes from. */
  serverVersion: z.number().int(),
  /** 政策包 the county works with; null when none was installed. */
  county: z.object({ pack: z.string(), code: z.string(), name: z.string() }).nullable(),
  migrations: z.array(z.object({ name: z.string(), hash: Hash })).min(1),
  key: z.object({
    /** Tells whether a key is the one, without telling the key. */
    fingerprint: z.string(),
    /** Makes the key of this file differ from that of every other. */
    salt: Base64,
    /** The master key itself, when it was asked for. */
    carried: SealedKey.nullable(),
  }),
  tables: z.array(TableOfBackup),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string().regex(/^-?\d+$/) })),
})
export type Manifest = z.infer<typeof Manifest>

/** Follows the pieces of a table. */
export const TableEnd = z.object({
  rows: z.number().int().nonnegative(),
  /** Of the COPY text, not of its compressed form. */
  bytes: z.number().int().nonnegative(),
  sha256: Hash,
})
export type TableEnd = z.infer<typeof TableEnd>

/** 成效数字 as they stood. */
export const FigureValue = z.object({ id: z.string(), label: z.string(), value: z.number().nullable() })
export type FigureValue = z.infer<typeof FigureValue>

/** Follows the last table. */
export const Summary = z.object({
  rows: z.number().int().nonnegative(),
  /** What `tiejun verify` said of the audit in the same snapshot. */
  audit: z.object({
    isWhole: z.boolean(),
    entries: z.number().int(),
    blocks: z.number().int(),
    unsealed: z.number().int(),
    lastHash: z.string().nullable(),
    faults: z.number().int(),
  }),
  /** null when the database was older than the program and could not be asked. */
  figures: z.array(FigureValue).nullable(),
})
export type Summary = z.infer<typeof Summary>

/** A table as it was written or read. */
export interface CopiedTable extends TableEnd {
  name: string
  label: string
}
