import { change } from '../change.ts'
import { demandChange } from '../reset.ts'
import type { Verb } from './login-verbs.ts'
import { pick } from './play.ts'

/** Seconds: a moment, longer than a code waits for the next, than a code, than a link, than a session, than a request. */
const WAITS = [3, 40, 65, 310, 620, 1_000, 1_900, 4_000, 90_000] as const
const STATES = ['active', 'active', 'active', 'locked', 'deactivated'] as const

/** What happens to people without their doing. */
export const OPERATOR_VERBS = {
  wait: async ({ world, story }, { a }) => {
    const seconds = pick(WAITS, a)!
    world.clock.advance(seconds)
    story.push(`${seconds} s pass`)
  },
  setState: async ({ world, people, story }, { a, b }) => {
    const person = pick(people, a)!
    person.state = pick(STATES, b)!
    await change(world, 'users', person.id, { state: person.state })
    story.push(`${person.loginName} is ${person.state}`)
  },
  demandChange: async ({ world, people, story }, { a }) => {
    const person = pick(people, a)!
    person.mustChange = true
    await demandChange(world, person.id as never)
    story.push(`${person.loginName} has to replace the password`)
  },
} satisfies Record<string, Verb>
