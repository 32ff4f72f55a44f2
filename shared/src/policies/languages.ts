import { z } from 'zod'
import { LANGUAGE_CODES, type Language } from '../languages.ts'

const language = z.enum(LANGUAGE_CODES)

/** Which languages pages and messages may be in, and which one somebody gets who wishes for none of them. */
export const languagesPolicySchema = z
  .strictObject({
    default: language.default('en'),
    /** Null: every language of the product. One that is not in the list is never shown. */
    allowed: z.array(language).min(1).nullable().default(null),
  })
  .refine(({ default: one, allowed }) => allowed === null || allowed.includes(one), {
    path: ['default'],
    error: 'must be one of the allowed languages',
  })
export type LanguagesPolicy = z.infer<typeof languagesPolicySchema>

/** What is left to choose from, in the order of the product. */
export type LanguageChoice = { default: Language; allowed: readonly Language[] }

/** The choice that a policy leaves. A row that came in another way, or from a version with other languages, leaves one as well. */
export function choiceOf(policy: unknown): LanguageChoice {
  const { data } = languagesPolicySchema.safeParse(policy)
  const allowed = data?.allowed ?? null
  return {
    default: data?.default ?? 'en',
    allowed: allowed === null ? LANGUAGE_CODES : LANGUAGE_CODES.filter((code) => allowed.includes(code)),
  }
}
