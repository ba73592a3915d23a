// `npm start` as it is, without building the web: in these tests nobody looks at it.
import { serve } from '../commands/serve.ts'
import { start } from '../commands/start.ts'

await start(serve, async () => false)
