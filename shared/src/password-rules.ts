import { z } from 'zod'

/** Length in characters (code points), as NIST SP 800-63B-4 counts them; any Unicode, no truncation. */
export const PASSWORD_LEAST = 12
export const PASSWORD_MOST = 128

const length = (value: string) => [...value].length

/** A password somebody chooses. The page and the server use this same schema. */
export const newPasswordSchema = z
  .string()
  .refine((value) => length(value) >= PASSWORD_LEAST, { params: { problem: 'too_short' } })
  .refine((value) => length(value) <= PASSWORD_MOST, { params: { problem: 'too_long' } })

export const passwordSetupSchema = z.strictObject({ token: z.string().min(1).max(128), newPassword: newPasswordSchema })
export type PasswordSetup = z.infer<typeof passwordSetupSchema>
