import { createServer } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Provider } from 'oidc-provider'
import { openAccounts } from './accounts.ts'
import { createAdapter } from './adapter.ts'
import { configuration } from './configuration.ts'
import { interact } from './interactions.ts'

const { PORT, PUBLIC_URL = '', DATA_DIR = '', SQLITE_SYNCHRONOUS = 'full', SIGNING_KEY = '', PROGRAMS } = process.env

const database = new Database(join(DATA_DIR, 'peer.db'))
database.pragma('journal_mode = WAL')
database.pragma(`synchronous = ${SQLITE_SYNCHRONOUS}`)

const accounts = openAccounts(database)
const provider: Provider = new Provider(
  PUBLIC_URL,
  configuration(createAdapter(database), accounts, SIGNING_KEY, () => provider, PROGRAMS === 'on'),
)
provider.on('server_error', (_, error) => console.error(error))
const protocol = provider.callback()

createServer((request, response) => {
  const isPage = request.url?.startsWith('/interaction/')
  const answered = isPage ? interact(provider, accounts, request, response) : protocol(request, response)
  answered.catch((error: unknown) => {
    console.error(error)
    response.writeHead(500).end()
  })
}).listen(Number(PORT), '127.0.0.1')

process.on('SIGTERM', () => {
  database.close()
  process.exit()
})
