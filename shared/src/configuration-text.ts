import { z } from 'zod'

/** A string of one form; `expected` finishes the sentence "must be ..." and describes the member in the published schema. */
export const text = (expected: string, pattern: RegExp, most: number) =>
  z
    .string()
    .min(1, { error: 'must not be empty' })
    .max(most)
    .regex(pattern, { error: `must be ${expected}` })
    .describe(expected)

/** One line of readable text. Neither database stores a NUL or half of a surrogate pair in every kind of column. */
export const line = (expected: string, most = 200) => text(expected, /^[^\p{Cc}\p{Cs}]*$/u, most)

export const domain = () =>
  text(
    'a domain in lower case, like acme.example',
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    253,
  )

/** An address that a browser may be sent to. Only the schemes that are named: nothing typed becomes a script. */
export const webAddress = (expected: string, protocol: RegExp) =>
  z
    .url({ protocol, error: `must be ${expected}` })
    .max(2048)
    .regex(/^[a-z]+:\/\/[\x21-\x7e]+$/, { error: 'must be written out in ASCII, without white space' })
    .describe(expected)

/** Whole seconds. */
export const seconds = (of: string, least: number, most: number) =>
  z.int().min(least).max(most).describe(`${of}, in seconds`)
