import { once } from 'node:events'
import Sqlite from 'better-sqlite3'

/** A process of its own over the database file of its argument, as a backup tool would be: it keeps everybody from writing, until told. */
const connection = new Sqlite(process.argv[2]!, { timeout: 5_000 })
connection.exec('begin immediate')
process.send?.('locked')
await once(process, 'message')
connection.exec('rollback')
connection.close()
process.disconnect()
