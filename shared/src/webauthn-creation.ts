import { z } from 'zod'

/** A credential that is known already (Web Authentication Level 3, 5.8.3); binary values are base64url. */
export const descriptorSchema = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.string()).optional(),
})

/** For `navigator.credentials.create()`. */
export const creationOptionsSchema = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal('public-key') })),
  timeout: z.int(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(descriptorSchema),
  authenticatorSelection: z.object({
    residentKey: z.enum(['required', 'discouraged']),
    requireResidentKey: z.boolean(),
    userVerification: z.enum(['required', 'preferred', 'discouraged']),
    authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  }),
  /** What the browser had better show first (Level 3, 5.8.7). */
  hints: z.array(z.enum(['security-key', 'client-device', 'hybrid'])).optional(),
})
export type CreationOptions = z.infer<typeof creationOptionsSchema>
