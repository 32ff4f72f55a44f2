import type { KeyObject } from 'node:crypto'
import { LONGEST_TOKEN } from '@vestibule/shared/policies/tokens.ts'
import type { SigningKeyRow } from '../deps.ts'
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '../domain/application.ts'
import { isPublished, type KeyTimes, type PublicJwk, signingKeyAt } from '../domain/signing-keys.ts'
import { StartRefused } from '../domain/start-refused.ts'
import { type SigningKey, signJwt } from './jws.ts'
import type { SecretBox } from './secret-box.ts'
import { generateSigningKey, privateKeyOf, publicKeyOf } from './signing-keys.ts'

type Held = KeyTimes & { publicJwk: PublicJwk; privateKey: KeyObject; publicKey: KeyObject }

/** The signing keys in memory. Rows are read when they may have changed, never for a request. */
export type KeyRing = {
  /** A signed JWT with the key of this moment. @throws when there is none: nothing is issued unsigned. */
  sign(algorithm: SigningAlgorithm, typ: string, claims: object): Promise<string>
  /** The published set (RFC 7517 5) as bytes, and its version for an ETag. */
  published(): { body: Buffer<ArrayBuffer>; etag: string }
  /** A public key by kid, retired ones included: for `id_token_hint`. */
  find(kid: string): { algorithm: SigningAlgorithm; key: KeyObject } | null
  /** A new pair as a row: sealed, and bound to its place. */
  generate(algorithm: SigningAlgorithm, usedFrom: number): Promise<SigningKeyRow>
  /** Reads the rows anew; costs nothing when they are the same. */
  reload(): Promise<void>
}

type Source = {
  list(): Promise<SigningKeyRow[]>
  box: SecretBox
  now(): number
  /** Milliseconds that a published key outlives its last signature; as long as any may live when nothing is said. */
  longestToken?: number
}

/** Where a private key's seal belongs. */
const keyPlace = (kid: string) => `signing_keys/${kid}`

export function createKeyRing({ list, box, now, longestToken = LONGEST_TOKEN * 1000 }: Source): KeyRing {
  let keys: readonly Held[] = []
  let known = ''
  let published = { body: Buffer.alloc(0), etag: '', until: 0 }

  const open = (row: SigningKeyRow): Held => ({
    ...row,
    privateKey: privateKeyOf(opened(box, row)),
    publicKey: publicKeyOf(row.publicJwk),
  })

  return {
    async sign(algorithm, typ, claims) {
      const key = signingKeyAt(keys, algorithm, now())
      if (!key) throw new Error(`no signing key for ${algorithm}`)
      return signJwt(key satisfies SigningKey, typ, claims)
    },
    published() {
      if (now() >= published.until) published = { ...publish(keys, longestToken, now()), until: now() + 1000 }
      return published
    },
    find(kid) {
      const key = keys.find((held) => held.kid === kid)
      return key ? { algorithm: key.algorithm, key: key.publicKey } : null
    },
    async generate(algorithm, usedFrom) {
      const { kid, publicJwk, pkcs8 } = await generateSigningKey(algorithm)
      return { kid, algorithm, publicJwk, privateKey: box.seal(pkcs8, keyPlace(kid)), createdAt: now(), usedFrom }
    },
    async reload() {
      const rows = await list()
      const names = rows
        .map(({ kid, usedFrom }) => `${kid}@${usedFrom}`)
        .toSorted()
        .join()
      if (names === known) return
      const held = new Map(keys.map((key) => [key.kid, key]))
      keys = rows.map((row) => ({ ...(held.get(row.kid) ?? open(row)), usedFrom: row.usedFrom }))
      known = names
      published = { ...published, until: 0 }
    },
  }
}

/** @throws StartRefused under another master key than the one it was sealed with */
function opened(box: SecretBox, { kid, privateKey }: SigningKeyRow): string {
  try {
    return box.open(privateKey, keyPlace(kid))
  } catch {
    throw new StartRefused(
      'The master key does not open the stored signing keys. Start with the key they were sealed with: MASTER_KEY, or master.key in DATA_DIR.',
    )
  }
}

/** Newest last, so that a client which takes the first key of an algorithm takes the one in use. */
function publish(keys: readonly Held[], longestToken: number, now: number) {
  const set = keys
    .filter((key) => isPublished(key, keys, longestToken, now))
    .toSorted((a, b) => rank(a) - rank(b) || a.usedFrom - b.usedFrom)
    .map(({ kid, algorithm, publicJwk }) => ({ ...publicJwk, kid, alg: algorithm, use: 'sig' }))
  return {
    body: Buffer.from(JSON.stringify({ keys: set })),
    etag: `"${set.map(({ kid }) => kid.slice(0, 8)).join('')}"`,
  }
}

const rank = (key: KeyTimes) => SIGNING_ALGORITHMS.indexOf(key.algorithm)
