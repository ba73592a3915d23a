import type { EndpointDefinition, ResponseOf } from '@tiejun/contract/platform/endpoints.ts'
import { addressOf, currentCsrfToken } from './client.ts'
import { readProblem, UnreachableError } from './problem.ts'

export interface UploadOptions {
  /** Told as the file leaves: bytes sent and bytes in all. */
  onProgress: (sent: number, total: number) => void
  /** Breaks the upload off; the promise then rejects with the signal's reason. */
  signal: AbortSignal
}

/** Sends a file. Not by fetch, which cannot tell how much of a request has left. */
export function upload<E extends EndpointDefinition>(
  endpoint: E,
  body: FormData,
  { onProgress, signal }: UploadOptions,
): Promise<ResponseOf<E>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, addressOf(endpoint))
    request.setRequestHeader('accept', 'application/json, application/problem+json')
    const token = currentCsrfToken()
    if (token !== undefined) request.setRequestHeader('x-csrf-token', token)
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded, event.total))
    request.addEventListener('error', () => reject(new UnreachableError()))
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        // The border: the server validates every answer against the same schema (its tests do so on the way out).
        resolve(JSON.parse(request.responseText) as ResponseOf<E>)
      } else void readProblem(answerOf(request)).then(reject)
    })
    const breakOff = () => {
      request.abort()
      reject(signal.reason)
    }
    signal.addEventListener('abort', breakOff, { once: true })
    request.send(body)
  })
}

function answerOf(request: XMLHttpRequest): Response {
  const requestId = request.getResponseHeader('x-request-id')
  return new Response(request.responseText, {
    status: request.status,
    headers: requestId === null ? {} : { 'x-request-id': requestId },
  })
}
