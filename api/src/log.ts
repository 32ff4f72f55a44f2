import pino, { type Logger } from 'pino'
import type { Settings } from './settings.ts'

/** Lines wait in memory at most this long when nobody reads them; older ones are dropped. Bytes. */
const MOST_BUFFERED = 1_048_576

/**
 * One JSON object a line on standard output. Written without waiting, so that a blocked reader blocks no login. What is logged is
 * chosen field by field: no body, cookie, header or query ever is.
 */
export function createLog(level: Settings['logLevel']): Logger {
  const destination = pino.destination({ fd: 1, sync: false, maxLength: MOST_BUFFERED })
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: describeError } },
    destination,
  )
}

/**
 * What may be said of an exception: kind, code and place. A database driver's message holds values (token hashes, addresses), so
 * messages of foreign errors stay out.
 */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { kind: typeof error }
  const { name, stack, cause } = error
  const code = (cause as { code?: unknown } | undefined)?.code ?? (error as { code?: unknown }).code
  const place = stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim())
  return { kind: name, code, ...(name === 'Error' || name === 'TypeError' ? { message: error.message } : {}), place }
}
