import { createRoute, z } from '@hono/zod-openapi'
import { LANGUAGE_CODES } from '../languages.ts'
import { body, json, problems } from './problems.ts'

/**
 * Answers with the texts of an entry, so that the page switches in place. With `remember` somebody chose the language: this browser keeps
 * it, and who is signed in at the account pages has it for mails and elsewhere too.
 */
export const chooseLanguage = createRoute({
  method: 'post',
  path: '/api/language',
  request: body(
    z.strictObject({
      language: z.enum(LANGUAGE_CODES),
      entry: z.enum(['login', 'app']),
      remember: z.boolean().default(true),
    }),
  ),
  responses: {
    200: { description: 'the texts', ...json(z.object({ strings: z.record(z.string(), z.unknown()) })) },
    ...problems(),
  },
})

export const languageRoutes = { chooseLanguage }
