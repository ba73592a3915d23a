import { join } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { newId } from '../ids.ts'
import { processActor } from '../permissions/actor.ts'
import type { SessionKeeper, SignedIn } from '../sign-in/sessions.ts'
import { SESSION_COOKIE } from '../sign-in/sign-in.routes.ts'
import { addDescription } from './description.ts'
import { AppError } from './errors.ts'
import { checkCall } from './guard.ts'
import { limiterOf } from './limits.ts'
import { answerError } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For those who watch over the process. */
    isUnlimited?: boolean
  }
  interface FastifyRequest {
    signedIn: SignedIn | undefined
  }
  interface FastifyInstance {
    /** Every route that was registered, as `GET /api/households/:id`; for the test that asks them all. */
    registered: string[]
  }
}

export interface HttpSettings {
  /** pino level, or false for none. */
  logLevel: string | false
  /** Where log lines go instead of standard output. */
  logTo?: { write(line: string): void }
  /** Requests a minute from one address. */
  requestsPerMinute: number
  /** Tries to sign in a minute from one address. */
  signInsPerMinute: number
  /** The built web, or undefined when only the API is served. */
  webDirectory: string | undefined
  /** Bytes of one uploaded file. */
  uploadLimit: number
}

const MAX_BODY_BYTES = 2 * 1024 * 1024
const NOBODY = { ...processActor('nobody'), administrator: null }

// The URL of a request may carry what somebody typed, so the log has the route's pattern instead.
const loggerOf = ({ logLevel: level, logTo }: HttpSettings) =>
  level === false
    ? false
    : {
        level,
        ...(logTo && { stream: logTo }),
        serializers: {
          req: (request: { method: string; routeOptions?: { url?: string } }) => ({
            method: request.method,
            route: request.routeOptions?.url,
          }),
          res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
        },
      }

async function addPlugins(app: FastifyInstance, settings: HttpSettings): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // antd puts its styles into the page at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // Served over plain HTTP inside the county network as well.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  })
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: settings.uploadLimit, files: 1 } })
  await app.register(rateLimit, { global: false })
}

async function addWeb(app: FastifyInstance, directory: string | undefined): Promise<void> {
  if (!directory) {
    app.setNotFoundHandler(() => {
      throw new AppError('not_found')
    })
    return
  }
  await app.register(fastifyStatic, {
    root: directory,
    // Built files carry a hash in their name; only the page itself must be asked for again.
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(join(directory, 'assets'))
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/')) throw new AppError('not_found')
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}

/** The HTTP server with everything that is the same for all modules; `addRoutes` registers the modules below /api. */
export async function createHttpServer(
  settings: HttpSettings,
  sessions: SessionKeeper,
  addRoutes: (api: FastifyInstance) => Promise<void>,
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOf(settings),
    genReqId: () => newId(),
    requestIdHeader: false,
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerError)
  app.decorate('registered', [])
  app.addHook('onRoute', ({ method, url }) => {
    app.registered.push(...[method].flat().map((one) => `${one} ${url}`))
  })
  app.decorateRequest('actor')
  app.decorateRequest('signedIn')
  await addPlugins(app, settings)
  await addDescription(app, SESSION_COOKIE)
  const limit = limiterOf(app, settings.requestsPerMinute)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!request.routeOptions.config.isUnlimited) await limit(request, reply)
  })
  await app.register(
    async (api) => {
      api.addHook('onRequest', async (request) => {
        const { endpoint } = request.routeOptions.config
        const token = request.cookies[SESSION_COOKIE]
        request.signedIn = token ? await sessions.find(token, request.id) : undefined
        request.actor = request.signedIn?.actor ?? { ...NOBODY, requestId: request.id }
        if (endpoint) checkCall(endpoint, request.signedIn, request)
      })
      api.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store')
      })
      await addRoutes(api)
      api.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
    },
    { prefix: '/api' },
  )
  await addWeb(app, settings.webDirectory)
  return app
}
