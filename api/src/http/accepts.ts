import type { Http } from './env.ts'

/** Whether who asks takes an answer in this encoding: where it is named, and not with a weight of nothing (RFC 9110 12.5.3). */
export const accepts = (c: Http, encoding: 'br' | 'gzip'): boolean =>
  (c.req.header('accept-encoding') ?? '').split(',').some((named) => {
    const [name, weight] = named.toLowerCase().split(';')
    return name?.trim() === encoding && !/^\s*q=0(\.0*)?\s*$/.test(weight ?? '')
  })
