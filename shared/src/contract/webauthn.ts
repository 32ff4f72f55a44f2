import { z } from '@hono/zod-openapi'
import { descriptorSchema } from '../webauthn-creation.ts'

export { type CreationOptions, creationOptionsSchema } from '../webauthn-creation.ts'

/**
 * What browsers and authenticators say to each other through us (Web Authentication Level 3, 5.1.8 to 5.1.10): binary values are
 * base64url.
 */
const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/)

/** For `navigator.credentials.get()`. */
export const requestOptionsSchema = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.enum(['required', 'preferred', 'discouraged']),
  allowCredentials: z.array(descriptorSchema).optional(),
})
export type RequestOptions = z.infer<typeof requestOptionsSchema>

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
}

/** What `create()` made. Most of it is said twice; what is inside the attestation object counts. */
export const registrationSchema = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url(8192),
    attestationObject: base64url(65_536),
    authenticatorData: base64url(65_536).optional(),
    transports: z
      .array(
        z
          .string()
          .max(32)
          .regex(/^[a-z-]+$/),
      )
      .max(10)
      .optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: base64url(8192).optional(),
  }),
})
export type RegistrationResponse = z.infer<typeof registrationSchema>

/** What `get()` proved. */
export const assertionSchema = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url(8192),
    authenticatorData: base64url(8192),
    signature: base64url(8192),
    userHandle: base64url(128).optional(),
  }),
})
export type AssertionResponse = z.infer<typeof assertionSchema>
