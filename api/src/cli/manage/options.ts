import { Refused } from '../terminal.ts'
import type { ManageOptions } from './commands.ts'

const MOST = 100

/** @throws Refused */
export function pagingOf({ limit, after }: ManageOptions): { limit: number; after?: string | undefined } {
  if (limit === undefined) return { limit: MOST, after }
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > MOST) throw new Refused(`--limit is 1 to ${MOST}.`)
  return { limit: Number(limit), after }
}

/** @throws Refused */
export const stateOf = ({ state }: ManageOptions) => oneOf(state, ['active', 'deactivated'] as const)
export const userStateOf = ({ state }: ManageOptions) => oneOf(state, ['active', 'locked', 'deactivated'] as const)

function oneOf<const Value extends string>(value: string | undefined, known: readonly Value[]): Value | undefined {
  const found = known.find((one) => one === value)
  if (value !== undefined && found === undefined) throw new Refused(`--state is one of ${known.join(', ')}.`)
  return found
}

/** ISO 8601. @throws Refused */
export function momentOf(options: ManageOptions, name: 'since' | 'until'): string | undefined {
  const text = options[name]
  if (text === undefined) return undefined
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Refused(`--${name} is a moment like 2026-01-31T12:00:00Z.`)
  return new Date(at).toISOString()
}
