import type { CreationOptions } from '@vestibule/shared/contract/webauthn.ts'
import type { Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { newKey } from '../security-keys.ts'
import type { Request } from './cast.ts'
import { count, noteRecovery, taken } from './factor-steps.ts'
import { must } from './must.ts'
import { act, type Choice, settle } from './play.ts'
import type { Stage } from './stage.ts'
import { touch } from './touch.ts'

/** A security key in somebody's hand. */
export type Key = { owner: string; device: SoftAuthenticator }

const LIES: readonly Lies[] = [{ origin: 'https://evil.test' }, { type: 'webauthn.create' }, { userPresent: false }]

export async function setUpKey(stage: Stage, request: Request) {
  const asked = await act(stage, request.browser, request, 'enroll-security-key-options')
  if (!asked) return null
  const device = newKey()
  const credential = device.create((asked as { options: CreationOptions }).options)
  const answer = await act(stage, request.browser, request, 'enroll-security-key', { credential })
  if (!answer) return null
  const { person, session, kept } = await taken(stage, request, { factor: 'security_key' })
  stage.oracle.mustBeFit(request.browser, person.id, request.openedAt)
  person.holds.keys.set(credential.id, kept)
  stage.keys.push({ owner: person.id, device })
  count(stage, request, { person: person.id, session, factor: 'security_key', credential: credential.id })
  noteRecovery(person, answer)
  await settle(stage, request, answer)
  return answer
}

/** A key is touched. */
export async function showKey(stage: Stage, request: Request, { owner, device }: Key, choice: Choice) {
  const touched = await touch(stage, request, { device, of: 'security-key', lies: LIES }, choice)
  if (!touched) return null
  const { credential, answer } = touched
  const { person, session } = await taken(stage, request, { factor: 'security_key' })
  must(person.id === owner, 'the security key of somebody else was taken')
  must(person.holds.keys.has(credential.id), 'a security key that was removed is taken')
  count(stage, request, { person: person.id, session, factor: 'security_key', credential: credential.id })
  await settle(stage, request, answer)
  return answer
}
