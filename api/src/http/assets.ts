import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Problem } from '../domain/problem.ts'
import { accepts } from './accepts.ts'
import { answer } from './answer.ts'
import type { Http } from './env.ts'

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
  woff2: 'font/woff2',
}

type Encoding = 'br' | 'gzip' | 'identity'
const SUFFIX: Record<Encoding, string> = { br: '.br', gzip: '.gz', identity: '' }

/**
 * The built files. The names that exist are listed once, so that nothing a request says becomes a path; each was compressed when it was
 * built.
 */
export function createAssets(folder: URL) {
  const names = new Set(existsSync(folder) ? readdirSync(folder) : [])
  const contents = new Map<string, Buffer<ArrayBuffer>>()

  function read(name: string): Buffer<ArrayBuffer> {
    const known = contents.get(name) ?? readFileSync(new URL(name, folder))
    contents.set(name, known)
    return known
  }

  return (c: Http): Response => {
    const file = c.req.param('file') ?? ''
    const type = TYPES[file.split('.').at(-1) ?? '']
    if (!names.has(file) || !type) throw new Problem('not_found')
    const encoding =
      (['br', 'gzip'] as const).find((name) => accepts(c, name) && names.has(file + SUFFIX[name])) ?? 'identity'
    return answer(c, read(file + SUFFIX[encoding]), 200, {
      'content-type': type,
      vary: 'Accept-Encoding',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    })
  }
}
