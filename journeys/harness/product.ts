// The product as `npm start` starts it, in a process of its own; only the limits on requests are wider, because all visitors of the
// journeys come from one address. Tells its parent the address, and stops when the parent goes.
import { join } from 'node:path'
import { createApp } from '../../server/src/app.ts'
import { openCounty } from '../../server/src/commands/serve.ts'
import { type Serve, start } from '../../server/src/commands/start.ts'

const serveWithoutHaste: Serve = async ({ settings, database, onProgress }) => {
  const { platform, close } = await openCounty(settings, database, onProgress)
  const app = await createApp(platform, {
    logLevel: 'warn',
    requestsPerMinute: 1_000_000,
    signInsPerMinute: 1_000_000,
    webDirectory: join(import.meta.dirname, '../../web/dist'),
    uploadLimit: 64 * 1024 * 1024,
  })
  const url = await app.listen({ port: settings.port, host: settings.host })
  process.send?.({ url })
  return {
    url,
    summary: [],
    close: async () => {
      await app.close()
      await close()
    },
  }
}

process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
await start(serveWithoutHaste)
