import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

const generate = promisify(generateKeyPair)

/** A pair for a service user: RSA of 2048 bits, the private half in PKCS #1 as the libraries of key files expect it. */
export type NewMachineKey = () => Promise<{ publicJwk: object; privateKey: string }>

export const generateMachineKey: NewMachineKey = async () => {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 })
  return {
    publicJwk: publicKey.export({ format: 'jwk' }),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs1' }) as string,
  }
}
