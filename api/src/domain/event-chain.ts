import type { Event } from './events.ts'

/** What precedes the first event of a chain. */
export const CHAIN_START = ''

type Sealable = Omit<Event, 'id' | 'type' | 'organizationId' | 'person'> & {
  id: string
  type: string
  organizationId: string
  person: string | null
}

/** The text whose hash seals an event: everything it says, its place, and the hash of the one before. */
export function sealedText(event: Sealable, sequence: number, previous: string): string {
  const { id, at, type, organizationId, actor, target, data, person } = event
  const said = [previous, sequence, id, at, type, organizationId, actor, target, sorted(data)]
  // events were sealed before they said whom they are about
  return JSON.stringify(person === null ? said : [...said, person])
}

/** The two databases keep the members of an object in different orders. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return members.map(([name, member]) => [name, sorted(member)])
}
