import { DeliveryFailed, type DeliveryFault } from '../../domain/delivery.ts'

/** What an HTTP status says of a message: 4xx is for good but for those that mean "not now" or "not you". */
export function faultOfStatus(status: number): DeliveryFault | null {
  if (status >= 200 && status < 300) return null
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return 'not_allowed'
  if (status >= 400 && status < 500 && ![408, 409, 425, 429].includes(status)) return 'refused'
  return 'deferred'
}

/** A request that got no answer. */
export function noAnswer(signal: AbortSignal): (error: unknown) => never {
  return (error) => {
    const isLate = signal.aborted || (error instanceof Error && error.name === 'AbortError')
    throw new DeliveryFailed(isLate ? 'timeout' : 'unreachable', { cause: error })
  }
}
