import type { CreationOptions, RequestOptions } from '@vestibule/shared/contract/webauthn.ts'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { ISSUER } from '../world.ts'
import type { Person, Request } from './cast.ts'
import { count, taken } from './factor-steps.ts'
import { must } from './must.ts'
import { act, type Choice, call, pick, settle } from './play.ts'
import type { Stage } from './stage.ts'

/** A passkey with its authenticator; `id` is what the account pages call it. */
export type Passkey = { owner: string; credential: string; id: string; device: SoftAuthenticator }

const LIES: readonly Lies[] = [{ userVerified: false }, { origin: 'https://evil.test' }, { type: 'webauthn.create' }]

/** The newest passkey of somebody answers; where chance is wild it lies, or an answer is sent that was taken before. */
export async function showPasskey(stage: Stage, request: Request, { owner, device }: Passkey, { a, c }: Choice) {
  const asked = await act(stage, request.browser, request, 'passkey-options')
  if (!asked) return
  const lies = c % 5 === 0 ? pick(LIES, a) : undefined
  const old = c % 4 === 1 ? pick(stage.answersTaken, a) : undefined
  const made = device.get((asked as { options: RequestOptions }).options, lies)
  const credential = (old as typeof made | undefined) ?? made
  const answer = await act(stage, request.browser, request, 'passkey', { credential })
  if (!answer) return
  must(!old, 'an answer of a passkey was taken twice')
  stage.answersTaken.push(credential)
  must(!lies, 'a passkey that lied was taken')
  const { person, session } = await taken(stage, request, { factor: 'passkey' })
  must(person.id === owner, 'a passkey opened the account of somebody else')
  must(person.holds.passkeys.has(credential.id), 'a passkey that was removed opens')
  count(stage, request, { person: person.id, session, factor: 'passkey', credential: credential.id })
  await settle(stage, request, answer)
}

/** Somebody at their account pages makes a passkey. */
export async function makePasskey(stage: Stage, browser: number, person: Person): Promise<void> {
  const begun = await call(stage, browser, '/api/me/passkeys/options', {})
  if (begun.status !== 200) return
  stage.oracle.mustBeFit(browser, person.id, null)
  const device = new SoftAuthenticator(ISSUER)
  const credential = device.create((begun.body as { options: CreationOptions }).options)
  const { status, body } = await call(stage, browser, '/api/me/passkeys', { credential })
  if (status !== 200) return
  const { id } = (body as { passkeys: { id: string }[] }).passkeys.at(-1)!
  person.holds.passkeys.add(credential.id)
  stage.passkeys.push({ owner: person.id, credential: credential.id, id, device })
  stage.seen('passkey made')
}
