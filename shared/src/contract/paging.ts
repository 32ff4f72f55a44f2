import { z } from '@hono/zod-openapi'

/** How much of a list, and from where on: `after` is what `next` of the answer before said. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().min(1).max(1000).optional(),
} as const

/** Sent as `after` for what follows; null at the end. It says nothing to anybody and counts for the same list only. */
export const next = z.string().nullable()
