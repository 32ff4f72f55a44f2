import {
  type AssertionResponse,
  type CreationOptions,
  creationOptionsSchema,
  type RegistrationResponse,
  type RequestOptions,
  requestOptionsSchema,
} from '@vestibule/shared/contract/webauthn.ts'
import { CHALLENGE_LIFETIME, type NewWebauthnCredential, type WebauthnCredential } from '../domain/webauthn.ts'

/** EdDSA, ES256 and RS256 (COSE algorithm identifiers). */
const ALGORITHMS = [-8, -7, -257]

/**
 * A passkey is found without a name and verifies its user. A security key is a thing of its own beside another proof: it takes no room for a name, and asks for
 * nothing but a touch.
 */
const KINDS = {
  passkey: { authenticatorSelection: { residentKey: 'required', userVerification: 'required' } },
  /** Made by a browser on its own: nobody is there who could be verified, before it is used. */
  silent_passkey: { authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' } },
  security_key: {
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'discouraged' },
    preferredAuthenticatorType: 'securityKey',
  },
} as const

type Person = { handle: string; name: string; displayName: string }
type Known = Pick<WebauthnCredential, 'credentialId' | 'transports'>
type Asked = { challenge: string; requireUserVerification: boolean }
/** A browser that makes a passkey on its own has nobody touch anything (Level 3, 5.1.3). */
type AskedForNew = Asked & { requireUserPresence?: boolean }

/** What an authenticator said when it proved that it holds a key. */
export type Assertion = { counter: number; isBackedUp: boolean; userVerified: boolean }

export type Webauthn = ReturnType<typeof createWebauthn>

/** The library is large, and loaded by the first who meets a passkey. */
const library = () => import('@simplewebauthn/server')

type Places = {
  publicOrigin: string
  /** The address that is spoken at. */
  issuer: string
  relatedOrigins: readonly string[]
}

/**
 * Web Authentication Level 3, as the one relying party of the public host. At another address of ours its keys are asked for as a related
 * origin (5.11), and what was signed there is good there alone: whoever runs that name gets nobody in elsewhere. Challenges, user handles, keys and ids are base64url. Nothing
 * is remembered here: that a challenge is ours, unspent and for this purpose is the affair of whoever asks.
 */
export function createWebauthn({ publicOrigin, issuer, relatedOrigins }: Places) {
  const rpID = new URL(publicOrigin).hostname
  const origins = [...new Set([issuer, ...relatedOrigins])]
  const expected = ({ challenge, requireUserVerification }: Asked) => ({
    expectedChallenge: challenge,
    expectedOrigin: origins,
    expectedRPID: rpID,
    requireUserVerification,
  })
  return {
    rpID,
    challengeIn,

    /** For `navigator.credentials.create()`: something of this kind, and none that is known already. */
    async creationOptions(
      kind: keyof typeof KINDS,
      place: string,
      person: Person,
      { challenge, known }: { challenge: string; known: readonly Known[] },
    ): Promise<CreationOptions> {
      const { generateRegistrationOptions } = await library()
      const options = await generateRegistrationOptions({
        rpName: place,
        rpID,
        userName: person.name,
        userDisplayName: person.displayName,
        userID: Buffer.from(person.handle, 'base64url'),
        challenge: Buffer.from(challenge, 'base64url'),
        timeout: CHALLENGE_LIFETIME,
        attestationType: 'none',
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: known.map(descriptorOf),
        ...KINDS[kind],
        // the library writes into it
        authenticatorSelection: { ...KINDS[kind].authenticatorSelection },
      })
      return creationOptionsSchema.parse(options)
    },

    /** For `navigator.credentials.get()`: whoever holds a passkey of this place may answer, or, where security keys are named, only one of these. */
    async requestOptions(challenge: string, allowed: readonly Known[] = []): Promise<RequestOptions> {
      const { generateAuthenticationOptions } = await library()
      const options = await generateAuthenticationOptions({
        rpID,
        challenge: Buffer.from(challenge, 'base64url'),
        timeout: CHALLENGE_LIFETIME,
        userVerification:
          KINDS[allowed.length > 0 ? 'security_key' : 'passkey'].authenticatorSelection.userVerification,
        ...(allowed.length > 0 && { allowCredentials: allowed.map(descriptorOf) }),
      })
      return requestOptionsSchema.parse(options)
    },

    /** Level 3, 7.1. Null when anything about it is not as it must be. */
    async verifyRegistration(
      response: RegistrationResponse,
      asked: AskedForNew,
    ): Promise<NewWebauthnCredential | null> {
      if (!isOfOnePage(response.response.clientDataJSON)) return null
      if (!(await isCanonical(response.response.attestationObject))) return null
      const { verifyRegistrationResponse } = await library()
      const { registrationInfo } = await orNothing(
        verifyRegistrationResponse({
          response,
          ...expected(asked),
          requireUserPresence: asked.requireUserPresence ?? true,
          supportedAlgorithmIDs: ALGORITHMS,
        }),
      )
      if (!registrationInfo) return null
      const { credential, aaguid, credentialBackedUp, credentialDeviceType } = registrationInfo
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: credential.transports ?? [],
        isBackupEligible: credentialDeviceType === 'multiDevice',
        isBackedUp: credentialBackedUp,
        aaguid,
      }
    },

    /**
     * Level 3, 7.2, for one known credential. A counter that does not grow is a copy of the key, and refused. Null when anything about it is not as it
     * must be.
     */
    async verifyAssertion(
      response: AssertionResponse,
      known: Pick<WebauthnCredential, 'credentialId' | 'publicKey' | 'counter' | 'isBackupEligible'>,
      asked: Asked,
    ): Promise<Assertion | null> {
      if (response.id !== known.credentialId || !isOfOnePage(response.response.clientDataJSON)) return null
      const { verifyAuthenticationResponse } = await library()
      const credential = {
        id: known.credentialId,
        publicKey: Buffer.from(known.publicKey, 'base64url'),
        counter: known.counter,
      }
      const { verified, authenticationInfo } = await orNothing(
        verifyAuthenticationResponse({ response, ...expected(asked), credential }),
      )
      if (!verified || !authenticationInfo) return null
      const { newCounter, credentialBackedUp, credentialDeviceType, userVerified } = authenticationInfo
      // whether it may leave its device never changes
      if ((credentialDeviceType === 'multiDevice') !== known.isBackupEligible) return null
      return { counter: newCounter, isBackedUp: credentialBackedUp, userVerified }
    },
  }
}

const descriptorOf = ({ credentialId, transports }: Known) => ({ id: credentialId, transports })

/** The library throws a sentence for everything that is wrong. None of them is anybody's affair. */
const orNothing = <Verified extends { verified: boolean }>(work: Promise<Verified>): Promise<Partial<Verified>> =>
  work.catch(() => ({}))

/** No page of ours runs in a frame, so nothing that was signed in one is for us (Level 3, 7.2 step 10). */
function isOfOnePage(clientDataJSON: string): boolean {
  const { crossOrigin = false, topOrigin } = clientDataOf(clientDataJSON)
  return crossOrigin === false && topOrigin === undefined
}

/** Written in the one way there is, with nothing behind it (CTAP2 canonical CBOR, which Level 3, 2.4 asks for). */
async function isCanonical(attestationObject: string): Promise<boolean> {
  const { isoCBOR } = await import('@simplewebauthn/server/helpers')
  const written = Buffer.from(attestationObject, 'base64url')
  try {
    return written.equals(isoCBOR.encode(isoCBOR.decodeFirst(new Uint8Array(written))))
  } catch {
    return false
  }
}

type ClientData = { challenge?: unknown; crossOrigin?: unknown; topOrigin?: unknown }

function clientDataOf(clientDataJSON: string): ClientData {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    return typeof data === 'object' && data !== null ? data : {}
  } catch {
    return {}
  }
}

/** Which challenge a response says it answers: to look its row up. Whether that is true is verified. */
function challengeIn({ response }: { response: { clientDataJSON: string } }): string | null {
  const { challenge } = clientDataOf(response.clientDataJSON)
  return typeof challenge === 'string' ? challenge : null
}
