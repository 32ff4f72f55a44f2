/** What is told of a thing in one line, those that it has, in this order. */
const TOLD = [
  'id',
  'at',
  'type',
  'primaryDomain',
  'loginDomain',
  'clientId',
  'name',
  'username',
  'email',
  'displayName',
  'label',
  'state',
  'browser',
  'actor',
  'target',
  'scopes',
  'createdAt',
  'lastUsedAt',
  'expiresAt',
]

/** An answer for the eye: a list as a line a thing, a secret alone, so that it can be sent on, and anything else as one line. */
export function linesOf(answer: object): { lines: string[]; more: string | null } {
  const members = Object.entries(answer)
  const list = members.find(([, value]) => Array.isArray(value) && members.length <= 2)?.[1] as object[] | undefined
  const more = 'next' in answer && typeof answer.next === 'string' ? answer.next : null
  if (list) return { lines: list.map(lineOf), more }
  if ('secret' in answer && typeof answer.secret === 'string') return { lines: [answer.secret], more }
  if ('done' in answer) return { lines: [answer.done ? 'Done.' : 'There was nothing to do.'], more }
  const link = 'setupLink' in answer && typeof answer.setupLink === 'string' ? [answer.setupLink] : []
  return { lines: [lineOf(answer), ...link], more }
}

const lineOf = (thing: object): string =>
  TOLD.flatMap((name) => {
    const value = (thing as Record<string, unknown>)[name]
    return value === undefined || value === null ? [] : [textOf(value)]
  }).join('  ')

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ')
  if (typeof value === 'object' && value !== null) return 'value' in value ? String(value.value) : JSON.stringify(value)
  return String(value)
}
