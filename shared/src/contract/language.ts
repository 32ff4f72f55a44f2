import { createRoute, z } from '@hono/zod-openapi'
import { LANGUAGE_CODES } from '../languages.ts'
import { body, json, problems } from './problems.ts'

/** Remembers the language in this browser and answers with the texts of an entry, so that the page switches in place. */
export const chooseLanguage = createRoute({
  method: 'post',
  path: '/api/language',
  request: body(z.strictObject({ language: z.enum(LANGUAGE_CODES), entry: z.enum(['login', 'app']) })),
  responses: {
    200: { description: 'the texts', ...json(z.object({ strings: z.record(z.string(), z.unknown()) })) },
    ...problems(),
  },
})

export const languageRoutes = { chooseLanguage }
