import type { Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import type { Person, Request } from './cast.ts'
import { count, taken } from './factor-steps.ts'
import { must } from './must.ts'
import { created, keepPasskey } from './offered-passkey.ts'
import { type Choice, call, settle } from './play.ts'
import type { Stage } from './stage.ts'
import { touch } from './touch.ts'

/** A passkey with its authenticator; `id` is what the account pages call it. */
export type Passkey = { owner: string; credential: string; id: string; device: SoftAuthenticator }

const LIES: readonly Lies[] = [{ userVerified: false }, { origin: 'https://evil.test' }, { type: 'webauthn.create' }]

/** The newest passkey of somebody answers. */
export async function showPasskey(stage: Stage, request: Request, { owner, device }: Passkey, choice: Choice) {
  const touched = await touch(stage, request, { device, of: 'passkey', lies: LIES }, choice)
  if (!touched) return
  const { credential, answer } = touched
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
  const { device, credential } = created(begun.body)
  const { status, body } = await call(stage, browser, '/api/me/passkeys', { credential })
  if (status !== 200) return
  const { id } = (body as { passkeys: { id: string }[] }).passkeys.at(-1)!
  keepPasskey(stage, person, credential.id, id, device)
  stage.seen('passkey made')
}
