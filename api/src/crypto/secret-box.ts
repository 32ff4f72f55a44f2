import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto'
import type { RandomBytes } from './token.ts'

/**
 * Secrets at rest: AES-256-GCM under a key derived from the master key. `place` names the row the secret belongs to and is
 * authenticated with it: a secret copied into another row does not open.
 */
export type SecretBox = {
  seal(secret: string, place: string): string
  /** Throws where key, place or content differ. */
  open(sealed: string, place: string): string
  /** A name for something that must not be stored in the clear, stable under the same master key. */
  nameOf(purpose: string, value: string): string
}

const derive = (masterKey: Buffer, purpose: string) =>
  createSecretKey(new Uint8Array(hkdfSync('sha256', masterKey, '', purpose, 32)))

export function createSecretBox(masterKey: Buffer, randomBytes: RandomBytes): SecretBox {
  const key = derive(masterKey, 'vestibule secret box')
  const naming = derive(masterKey, 'vestibule names')
  return {
    seal(secret, place) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return ['v1', iv, cipher.getAuthTag(), sealed]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.')
    },
    open(sealed, place) {
      const [version, iv = '', tag = '', content = ''] = sealed.split('.')
      if (version !== 'v1') throw new Error('a sealed secret of an unknown version')
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(place)).setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(content, 'base64url')), decipher.final()]).toString('utf8')
    },
    nameOf: (purpose, value) =>
      createHmac('sha256', naming).update(`${purpose}\0${value}`).digest('base64url').slice(0, 32),
  }
}
