import type { AssertionResponse, RequestOptions } from '@vestibule/shared/contract/webauthn.ts'
import type { Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import type { Request } from './cast.ts'
import { must } from './must.ts'
import { act, type Choice, pick } from './play.ts'
import type { Stage } from './stage.ts'

type Touched = { credential: AssertionResponse; answer: Record<string, unknown> }

/**
 * An authenticator answers for a login; where chance is wild it lies, or an answer is sent that was taken before. Out: what was taken.
 */
export async function touch(
  stage: Stage,
  request: Request,
  { device, of, lies: all }: { device: SoftAuthenticator; of: 'passkey' | 'security-key'; lies: readonly Lies[] },
  { a, c }: Choice,
): Promise<Touched | null> {
  const asked = await act(stage, request.browser, request, `${of}-options`)
  if (!asked) return null
  const lies = c % 5 === 0 ? pick(all, a) : undefined
  const old = c % 4 === 1 ? pick(stage.answersTaken, a) : undefined
  const credential = old ?? device.get((asked as { options: RequestOptions }).options, lies)
  const answer = await act(stage, request.browser, request, of, { credential })
  if (!answer) return null
  must(!old, `an answer of a ${of} was taken twice`)
  must(!lies, `a ${of} that lied was taken`)
  stage.answersTaken.push(credential)
  return { credential, answer }
}
