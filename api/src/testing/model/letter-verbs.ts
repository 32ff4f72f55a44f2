import { mailsOf } from '../registration.ts'
import type { Person } from './cast.ts'
import type { Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { type Choice, call, outdated, pick } from './play.ts'
import type { Stage } from './stage.ts'

/** The link of a notice, and whose it is. */
type Letter = { token: string; person: Person }

/** Every link of this kind that was mailed, the oldest first. */
async function lettersWith({ world, people }: Stage, name: 'notMeLink' | 'undoLink'): Promise<Letter[]> {
  const mails = await mailsOf(world)
  return mails.flatMap(({ recipient, values }) => {
    const person = people.find(({ loginName }) => loginName === recipient)
    const token = typeof values[name] === 'string' ? values[name].split('#')[1] : undefined
    return person && token ? [{ token, person }] : []
  })
}

const chosen = (letters: readonly Letter[], { a, c }: Choice) => (c % 3 === 0 ? pick(letters, a) : letters.at(-1))

/** What people do with the notices in their mailboxes, wherever they are. */
export const LETTER_VERBS = {
  /** Whoever can open the mailbox stops whoever is in the account: nothing that was there before opens it, but second factors stay. */
  notMeByMail: async (stage, choice) => {
    const letter = chosen(await lettersWith(stage, 'notMeLink'), choice)
    if (!letter) return
    const { status } = await call(stage, choice.browser, '/api/not-me', { token: letter.token })
    if (status !== 200) return
    const { person, token } = letter
    must(!stage.followed.has(token), 'the link of a notice works twice')
    stage.followed.add(token)
    person.password = `taken away at ${stage.world.clock.now()}`
    person.holds.passkeys.clear()
    stage.oracle.endedAll(person.id)
    stage.oracle.distrusted(person.id)
    stage.ledger.endedOf(person)
    outdated(stage, person, true)
    stage.seen('not me')
  },
  undoByMail: async (stage, choice) => {
    const letter = chosen(await lettersWith(stage, 'undoLink'), choice)
    if (!letter) return
    const { status } = await call(stage, choice.browser, '/api/undo-deletion', { token: letter.token })
    if (status !== 200) return
    must(letter.person.isLeaving, 'an account was kept whose owner does not leave')
    must(!stage.followed.has(letter.token), 'the link of a notice works twice')
    stage.followed.add(letter.token)
    letter.person.isLeaving = false
    stage.seen('kept by mail')
  },
} satisfies Record<string, Verb>
