import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { loginRoutes } from './login.ts'
import { readRoutes } from './read.ts'
import { createSigner } from './secrets.ts'
import { openStore } from './store.ts'
import { tokenRoutes } from './token.ts'

const { PORT, PUBLIC_URL = '', DATA_DIR = '', SQLITE_SYNCHRONOUS = 'full', SIGNING_KEY = '' } = process.env

const database = openStore(DATA_DIR, SQLITE_SYNCHRONOUS)
const signer = createSigner(SIGNING_KEY)

const app = new Hono()
  .route('/', loginRoutes(database, PUBLIC_URL))
  .route('/', tokenRoutes(database, PUBLIC_URL, signer))
  .route('/', readRoutes(database, PUBLIC_URL, signer.publicJwk))

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' })

process.on('SIGTERM', () => {
  database.close()
  process.exit()
})
