import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { openApiDocument } from '@vestibule/shared/contract/openapi.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { accepts } from '../accepts.ts'
import { ACCESS, type Access, type RouteKey } from '../access.ts'
import { answer } from '../answer.ts'
import type { Http } from '../env.ts'
import type { Mount } from '../mount.ts'
import { contentSecurityPolicy } from '../security-headers.ts'

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const JSON_TYPE = 'application/json'
const SCRIPT = 'text/javascript; charset=utf-8'

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Management API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<div id="api"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</html>
`
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null })
`

type File = { body: Buffer<ArrayBuffer>; packed: Buffer<ArrayBuffer>; etag: string; type: string }

/** The management API as a document, and a page that reads it out. Nothing of it is in memory before somebody asks. */
export function mountApiDocuments(mount: Mount, { settings }: Deps): void {
  const files = new Map<string, Promise<File>>()
  const sources: Record<string, { type: string; read: () => Promise<Buffer> }> = {
    'openapi.json': { type: JSON_TYPE, read: async () => Buffer.from(JSON.stringify(document(settings.issuer))) },
    'swagger-ui.css': { type: 'text/css; charset=utf-8', read: () => viewerFile('swagger-ui.css') },
    'swagger-ui-bundle.js': { type: SCRIPT, read: () => viewerFile('swagger-ui-bundle.js') },
    'start.js': { type: SCRIPT, read: async () => Buffer.from(START) },
  }

  async function send(c: Http, name: string): Promise<Response> {
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined
    if (!source) throw new Problem('not_found')
    const known = files.get(name) ?? pack(source)
    files.set(name, known)
    // what could not be read is read again
    known.catch(() => files.delete(name))
    const { body, packed, etag, type } = await known
    const headers = { 'content-type': type, etag, vary: 'Accept-Encoding' }
    if (c.req.header('if-none-match') === etag) return answer(c, null, 304, headers)
    if (!accepts(c, 'gzip')) return answer(c, body, 200, headers)
    return answer(c, packed, 200, { ...headers, 'content-encoding': 'gzip' })
  }

  mount('GET /api/openapi.json', (c) => send(c, 'openapi.json'))
  mount('GET /api/docs', (c) => {
    const headers = { ...HTML, 'content-security-policy': contentSecurityPolicy({}) }
    return answer(c, PAGE, 200, headers)
  })
  mount('GET /api/docs/:file', (c) => send(c, c.req.param('file') ?? ''))
}

const document = (issuer: string) =>
  openApiDocument({
    issuer,
    permissionOf: (method, path) => {
      const { needs }: Access = ACCESS[`${method.toUpperCase()} ${path}` as RouteKey]
      return needs ? `${needs.permission} on the ${needs.on}` : ''
    },
  })

/** By the names above only. */
const viewerFile = (name: string): Promise<Buffer> =>
  readFile(new URL(name, import.meta.resolve('swagger-ui-dist/package.json')))

async function pack({ type, read }: { type: string; read: () => Promise<Buffer> }): Promise<File> {
  const body = Buffer.from(await read())
  const packed = Buffer.from(await promisify(gzip)(body))
  return { body, packed, type, etag: `"${tokenHash(body.toString('latin1'))}"` }
}
