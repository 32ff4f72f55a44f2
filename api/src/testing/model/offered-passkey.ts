import type { CreationOptions } from '@vestibule/shared/contract/webauthn.ts'
import { SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { ISSUER } from '../world.ts'
import type { Person, Request } from './cast.ts'
import { count, taken } from './factor-steps.ts'
import { act, press, settle } from './play.ts'
import type { Stage } from './stage.ts'

/** What a device made is theirs from now on. */
export function keepPasskey(stage: Stage, person: Person, credential: string, id: string, device: SoftAuthenticator) {
  person.holds.passkeys.add(credential)
  stage.passkeys.push({ owner: person.id, credential, id, device })
}

/** What a new device answers. */
export const created = (body: Record<string, unknown>, lies = {}) => {
  const device = new SoftAuthenticator(ISSUER)
  return { device, credential: device.create((body as { options: CreationOptions }).options, lies) }
}

/** A passkey is made in a login that offers one. */
export async function makeOffered(stage: Stage, request: Request) {
  const asked = await act(stage, request.browser, request, 'offered-passkey-options')
  if (!asked) return null
  const { device, credential } = created(asked)
  const answer = await act(stage, request.browser, request, 'offered-passkey', { credential })
  if (!answer) return null
  const { person, session } = await taken(stage, request, { factor: 'passkey' })
  stage.oracle.mustBeFit(request.browser, person.id, request.openedAt)
  keepPasskey(stage, person, credential.id, 'unknown', device)
  count(stage, request, { person: person.id, session, factor: 'passkey', credential: credential.id })
  stage.seen('passkey offered')
  await settle(stage, request, answer)
  return answer
}

export const declineOffered = (stage: Stage, request: Request) => press(stage, request, 'decline-passkey')
