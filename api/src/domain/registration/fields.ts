import { nameProblem, tidyName, UNREADABLE } from '@vestibule/shared/name-rule.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import { normalizeIdentifier, readIdentifier } from '../identifier.ts'
import { mixesLookAlikes } from '../single-script.ts'

/** What a field holds: its value, null for nothing, or what is wrong with it. */
export type Reading = { value: string | null } | { problem: FieldProblem }

const LONGEST_USERNAME = 64
const LONGEST_ADDRESS = 2048

/** One line of readable text; markup in it is text. */
export function readLine(typed: string, longest: number): Reading {
  const line = tidyName(typed)
  if (UNREADABLE.test(line)) return { problem: 'invalid' }
  return [...line].length > longest ? { problem: 'too_long' } : { value: line }
}

/** A person's name. */
export function readName(typed: string): Reading {
  const value = tidyName(typed)
  const problem = nameProblem(value)
  return problem ? { problem } : { value }
}

/**
 * Letters and digits with dots, dashes and underscores between them. It can be taken for no address and no number, which mean somebody
 * else at the sign-in, and for no other name that only looks the same.
 */
export function readUsername(typed: string): Reading {
  const value = normalizeIdentifier('username', typed)
  if ([...value].length > LONGEST_USERNAME) return { problem: 'too_long' }
  const isName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(value) && !mixesLookAlikes(value)
  const readings = readIdentifier(value, ['email', 'phone'])
  return isName && readings.length === 0 ? { value } : { problem: 'invalid' }
}

const OLDEST_YEAR = 1880

/** A day as `YYYY-MM-DD` that the calendar has, and that has been. */
export function readBirthdate(typed: string, now: number): Reading {
  const value = typed.trim()
  const [, year = ''] = /^(\d{4})-\d{2}-\d{2}$/.exec(value) ?? []
  const at = Date.parse(`${value}T00:00:00Z`)
  const isDay = year !== '' && !Number.isNaN(at) && new Date(at).toISOString().startsWith(value)
  return isDay && Number(year) >= OLDEST_YEAR && at <= now ? { value } : { problem: 'invalid' }
}

/** An https address, written out in ASCII. */
export function readWebsite(typed: string): Reading {
  const value = typed.trim()
  if (value.length > LONGEST_ADDRESS) return { problem: 'too_long' }
  if (!/^https:\/\/[\x21-\x7e]+$/i.test(value) || !URL.canParse(value)) return { problem: 'invalid' }
  const { href, username, password, hostname } = new URL(value)
  return username || password || !hostname.includes('.') ? { problem: 'invalid' } : { value: href }
}
