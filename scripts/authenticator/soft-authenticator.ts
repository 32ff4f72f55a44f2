import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { encode } from './cbor.ts'

/** What an authenticator is asked, as far as it cares. */
export type CreationOptions = { challenge: string; rp: { id?: string }; user: { id: string } }
export type RequestOptions = { challenge: string; rpId?: string }

/** What is said otherwise than an honest authenticator in an honest browser would say it. */
export type Lies = {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  crossOrigin?: boolean
  topOrigin?: string
  userPresent?: boolean
  userVerified?: boolean
  backupEligible?: boolean
  counter?: number
  /** COSE algorithm identifier that the key claims. */
  algorithm?: number
  userHandle?: string
  /** The model that it says it is; it does not say so otherwise. */
  aaguid?: string
  /** Names this credential, and signs with another key. */
  credentialId?: string
}

type Key = { id: Buffer; privateKey: KeyObject; rpId: string; userHandle: string; counter: number }

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const text = (data: Buffer) => data.toString('base64url')

/**
 * An authenticator with the browser around it, for tests: it makes ES256 keys, signs what it is asked, and lies where it is told to. Passkeys
 * that are synced count nothing; with `counts` it is a device of its own. One that does not verify is a security key: it knows no names either.
 */
export class SoftAuthenticator {
  readonly keys: Key[] = []
  readonly #origin: string
  readonly #counts: boolean
  readonly #verifies: boolean

  constructor(origin: string, { counts = false, verifies = true } = {}) {
    this.#origin = origin
    this.#counts = counts
    this.#verifies = verifies
  }

  /** `navigator.credentials.create()`, as JSON. */
  create({ challenge, rp, user }: CreationOptions, lies: Lies = {}) {
    const rpId = rp.id ?? new URL(this.#origin).hostname
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const key: Key = { id: randomBytes(32), privateKey, rpId, userHandle: user.id, counter: 0 }
    this.keys.push(key)
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, lies.algorithm ?? -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ])
    const id = lies.credentialId === undefined ? key.id : Buffer.from(lies.credentialId, 'base64url')
    const length = Buffer.from([id.length >> 8, id.length & 255])
    const model = lies.aaguid ? Buffer.from(lies.aaguid.replaceAll('-', ''), 'hex') : Buffer.alloc(16)
    const attested = Buffer.concat([model, length, id, encode(cose)])
    const authData = this.#authData(key, lies, attested)
    const attestationObject = encode(
      new Map<string, string | Uint8Array | Map<string, never>>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', authData],
      ]),
    )
    const response = {
      clientDataJSON: text(this.#clientData('webauthn.create', challenge, lies)),
      attestationObject: text(attestationObject),
      transports: [this.#verifies ? 'internal' : 'usb'],
    }
    return { id: text(id), rawId: text(id), type: 'public-key' as const, response, clientExtensionResults: {} }
  }

  /** `navigator.credentials.get()`, as JSON: the newest key answers. */
  get({ challenge, rpId }: RequestOptions, lies: Lies = {}) {
    const key = this.keys.findLast((one) => one.rpId === (rpId ?? new URL(this.#origin).hostname))
    if (!key) throw new Error('this authenticator holds no key of that place')
    if (this.#counts) key.counter += 1
    const clientData = this.#clientData('webauthn.get', challenge, lies)
    const authData = this.#authData(key, lies)
    const signature = createSign('sha256').update(authData).update(sha256(clientData)).sign(key.privateKey)
    const id = lies.credentialId ?? text(key.id)
    const response = {
      clientDataJSON: text(clientData),
      authenticatorData: text(authData),
      signature: text(signature),
      userHandle: lies.userHandle ?? (this.#verifies ? key.userHandle : undefined),
    }
    return { id, rawId: id, type: 'public-key' as const, response, clientExtensionResults: {} }
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    const { origin = this.#origin, crossOrigin = false, topOrigin } = lies
    const said = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin, crossOrigin, topOrigin }
    return Buffer.from(JSON.stringify(said))
  }

  #authData(key: Key, lies: Lies, attested = Buffer.alloc(0)): Buffer {
    const { userPresent = true, userVerified = this.#verifies, backupEligible = !this.#counts } = lies
    const { counter = key.counter } = lies
    const bits = [userPresent, false, userVerified, backupEligible, backupEligible, false, attested.length > 0]
    const flags = bits.reduce((sum, bit, at) => sum | (Number(bit) << at), 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(lies.rpId ?? key.rpId), Buffer.from([flags]), count, attested])
  }
}
