import { z } from '@hono/zod-openapi'
import { POLICY_SOURCES } from '../policies.ts'

/** Seconds that count, and who says so. */
export const sourcedLifetime = z.object({ value: z.int(), source: z.enum(['application', ...POLICY_SOURCES]) })
