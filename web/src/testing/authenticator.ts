import { vi } from 'vitest'

/** What the server asks a browser to make: a passkey, or with `discouraged` a key that only adds to a password. */
export const creationOptions = (userVerification: 'required' | 'preferred' | 'discouraged' = 'required') => ({
  challenge: 'Y2hhbGxlbmdl',
  rp: { id: 'localhost', name: 'Acme' },
  user: { id: 'aGFuZGxl', name: 'ada@acme.test', displayName: 'Ada' },
  pubKeyCredParams: [],
  timeout: 1,
  attestation: 'none' as const,
  excludeCredentials: [],
  authenticatorSelection: {
    residentKey: userVerification === 'discouraged' ? ('discouraged' as const) : ('required' as const),
    requireResidentKey: userVerification !== 'discouraged',
    userVerification,
  },
})

const bytes = new Uint8Array([1]).buffer

/** What an authenticator makes, or shows again. */
export const credential = {
  id: 'a2V5',
  rawId: bytes,
  type: 'public-key',
  getClientExtensionResults: () => ({}),
  response: {
    clientDataJSON: bytes,
    attestationObject: bytes,
    authenticatorData: bytes,
    signature: bytes,
    getTransports: () => ['usb'],
  },
}

/** What a browser says by the name of its error alone. */
export const refusal = (name: string) => Object.assign(new Error(name), { name })

type Prompt = (options: { mediation?: string }) => Promise<unknown>

/** A browser with passkeys: what its prompt comes to, and what it says of itself. */
export function browserWithPrompt(prompt: Prompt, statics: object = {}): void {
  vi.stubGlobal('PublicKeyCredential', Object.assign(class {}, statics))
  vi.stubGlobal('navigator', Object.assign(navigator, { credentials: { create: prompt, get: prompt } }))
}
