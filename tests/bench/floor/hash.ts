import { createServer, type ServerResponse } from 'node:http'
import { hashSync, verify } from '@node-rs/argon2'
import { PASSWORD, REAL_HASH } from '../world.ts'

const { PORT } = process.env

/** One comparison of a password at its real cost for each request, and nothing else. */
const stored = hashSync(PASSWORD, REAL_HASH)

const compare = async (response: ServerResponse) => {
  const matches = await verify(stored, PASSWORD)
  response.writeHead(matches ? 200 : 500, { 'content-length': 0 }).end()
}

createServer((_, response) => void compare(response)).listen(Number(PORT), '127.0.0.1')

process.on('SIGTERM', () => process.exit())
