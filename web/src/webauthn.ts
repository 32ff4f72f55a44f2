import type {
  AssertionResponse,
  CreationOptions,
  RegistrationResponse,
  RequestOptions,
} from '@vestibule/shared/contract/webauthn.ts'

/** Loaded by the first who needs it. */
const library = () => import('@simplewebauthn/browser')

/** Whether this browser has passkeys at all. */
export const hasPasskeys = (): boolean => typeof PublicKeyCredential === 'function'

/**
 * Whether this device keeps passkeys by itself, behind a face, a finger or a screen lock, and whether the browser makes some without a question
 * (`conditionalCreate`, Level 3, 5.1.8).
 */
export async function abilities(): Promise<{ keepsPasskeys: boolean; createsPasskeys: boolean }> {
  const [keepsPasskeys, capabilities] = await Promise.all([
    PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false),
    PublicKeyCredential.getClientCapabilities?.().catch(() => null),
  ])
  const createsPasskeys = capabilities?.conditionalCreate === true
  // so that nobody waits for it when it is needed
  if (createsPasskeys) void library()
  return { keepsPasskeys, createsPasskeys }
}

/** Lets the browser make a passkey without a question, as password managers do for whoever just used what they keep. Null when nothing came of it. */
export async function createByItself(options: CreationOptions): Promise<RegistrationResponse | null> {
  const { startRegistration } = await library()
  const wish = { optionsJSON: options as never, useAutoRegister: true }
  return startRegistration(wish).catch(() => null) as Promise<RegistrationResponse | null>
}

/** Why nothing came of it. `given_up`: the person, the device or we ended it, and browsers do not say who. `known`: it has one already. */
export type NoPasskey = 'given_up' | 'known'

/** Makes a passkey, or a security key. Everything that keeps the browser from it is one of two words. */
export async function createPasskey(options: CreationOptions): Promise<RegistrationResponse | NoPasskey> {
  const { startRegistration } = await library()
  const made = await startRegistration({ optionsJSON: options as never }).catch(whyNot)
  return made as RegistrationResponse | NoPasskey
}

const whyNot = ({ cause }: { cause?: { name?: string } }): NoPasskey =>
  cause?.name === 'InvalidStateError' ? 'known' : 'given_up'

/** Whether this browser offers passkeys beside a field, before anybody presses anything. */
export const offersBesideFields = async (): Promise<boolean> => (await library()).browserSupportsWebAuthnAutofill()

/** Ends whatever prompt is open. */
export const cancelPrompt = async (): Promise<void> => (await library()).WebAuthnAbortService.cancelCeremony()

/** Asks for a passkey, or for one of the keys that are named; beside a field that waits until somebody picks one there. Null when nothing came of it. */
export async function findPasskey(
  options: RequestOptions,
  { besideField = false } = {},
): Promise<AssertionResponse | null> {
  const { startAuthentication } = await library()
  const wish = { optionsJSON: options as never, useBrowserAutofill: besideField }
  return startAuthentication(wish).catch(() => null) as Promise<AssertionResponse | null>
}

/** Nobody has this passkey any more. */
export async function signalUnknown(rpID: string, credentialID: string): Promise<void> {
  const { sendSignal } = await library()
  await sendSignal({ signalName: 'unknownCredential', rpID, credentialID }).catch(() => undefined)
}

/** Everything a browser may know of somebody's passkeys. */
export type Known = { rpId: string; userId: string; credentialIds: string[]; name: string; displayName: string }

/**
 * Tells the browser which passkeys count and what their owner is called, so that it offers no others (Level 3, 5.1.10). It is a service: browsers that
 * do not know it, and failures, are passed over.
 */
export async function signalPasskeys(known: Known) {
  const { rpId: rpID, userId: userID, credentialIds: allAcceptedCredentialIDs } = known
  const { name: userName, displayName: userDisplayName } = known
  if (!hasPasskeys()) return
  const { sendSignal } = await library()
  const ignore = () => undefined
  await sendSignal({ signalName: 'allAcceptedCredentials', rpID, userID, allAcceptedCredentialIDs }).catch(ignore)
  await sendSignal({ signalName: 'currentUserDetails', rpID, userID, userName, userDisplayName }).catch(ignore)
}
