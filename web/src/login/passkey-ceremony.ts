import type { passkeyOptionsRoutes } from '@vestibule/shared/contract/login-passkey.ts'
import type { AssertionResponse } from '@vestibule/shared/contract/webauthn.ts'
import { createCall } from '../call.ts'
import { asProblem, type ProblemAnswer } from '../problem-answer.ts'
import { cancelPrompt, findPasskey, offersBesideFields, signalUnknown } from '../webauthn.ts'

const call = createCall<typeof passkeyOptionsRoutes>()

type OnPasskey = (credential: AssertionResponse) => Promise<ProblemAnswer | null>

const begin = async (request: string) =>
  (await call('post /api/login/{request}/passkey-options', { params: { request }, body: {} })).options

/** Prompts for a passkey and uses it. Out: the problem; null when the login goes on; `given_up` when nothing came of the prompt. */
export async function askForPasskey(request: string, onPasskey: OnPasskey): Promise<ProblemAnswer | 'given_up' | null> {
  // whatever the browser was offering by itself ends before another prompt begins
  await cancelPrompt()
  try {
    const options = await begin(request)
    const credential = await findPasskey(options)
    return credential === null ? 'given_up' : await show(credential, options.rpId, onPasskey)
  } catch (error) {
    return asProblem(error)
  }
}

/**
 * Lets the browser offer passkeys beside the field for names, for as long as the page is open. What goes wrong is passed over: the button says it to
 * whoever presses it.
 */
export async function offerPasskeys(request: string, onPasskey: OnPasskey, page: AbortSignal): Promise<void> {
  if (!(await offersBesideFields()) || page.aborted) return
  const options = await begin(request).catch(() => null)
  if (!options || page.aborted) return
  page.addEventListener('abort', () => void cancelPrompt())
  const credential = await findPasskey(options, { besideField: true })
  if (credential && !page.aborted) await show(credential, options.rpId, onPasskey)
}

async function show(credential: AssertionResponse, rpId: string, onPasskey: OnPasskey): Promise<ProblemAnswer | null> {
  const problem = await onPasskey(credential)
  // nobody has it any more: no browser need offer it again
  if (problem?.code === 'passkey_unknown') await signalUnknown(rpId, credential.id)
  return problem
}
