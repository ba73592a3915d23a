export {
  addressOf,
  call,
  callLoosely,
  download,
  setCsrfToken,
  type Input,
  type LooseInput,
} from './client.ts'
export { hasCode, isFinal, ProblemError, problemOf, UnreachableError } from './problem.ts'
export { createQueryClient, keyOf, read } from './queries.ts'
export { upload, type UploadOptions } from './upload.ts'
