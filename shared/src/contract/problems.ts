import { z } from '@hono/zod-openapi'
import { FIELD_PROBLEMS, PROBLEM_STATUS, type ProblemCode } from '../problem.ts'

type StatusOf<Code extends ProblemCode> = (typeof PROBLEM_STATUS)[Code]
export type ProblemResponse<Code> = {
  description: string
  content: { 'application/problem+json': { schema: z.ZodType<{ code: Code }> } }
}

/** What any endpoint may answer besides its own codes. */
const EVERYWHERE = [
  'invalid_input',
  'malformed_body',
  'csrf_failed',
  'body_too_large',
  'unsupported_media_type',
  'too_many_attempts',
  'temporarily_unavailable',
  'internal',
] as const satisfies readonly ProblemCode[]

const fields = z.record(z.string(), z.array(z.enum(FIELD_PROBLEMS))).optional()
const known = new Map<string, ReturnType<typeof schemaOf>>()

/** Many routes answer the same codes with a status: making a schema for each of them is a tenth of a start. */
function sharedSchemaOf(codes: ProblemCode[]) {
  const key = codes.join(' ')
  const schema = known.get(key) ?? schemaOf(codes)
  known.set(key, schema)
  return schema
}

const schemaOf = (codes: ProblemCode[]) =>
  z.object({
    code: z.enum(codes as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string().optional(),
    retryAfter: z.int().optional(),
    triesLeft: z.int().optional(),
    fields,
  })

/** `...problems('a', 'b')` inside `responses`: codes of one status share one response. */
export function problems<Code extends ProblemCode = never>(...codes: Code[]) {
  const all: ProblemCode[] = [...new Set<ProblemCode>([...codes, ...EVERYWHERE])]
  const responses: Record<number, unknown> = {}
  for (const status of new Set(all.map((code) => PROBLEM_STATUS[code]))) {
    const codesHere = all.filter((code) => PROBLEM_STATUS[code] === status)
    const schema = sharedSchemaOf(codesHere)
    responses[status] = { description: codesHere.join(', '), content: { 'application/problem+json': { schema } } }
  }
  return responses as { [Status in StatusOf<Code>]: ProblemResponse<Code> }
}

export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true as const, ...json(schema) },
})

/**
 * Text a person types: no control characters, so that a NUL byte (refused by PostgreSQL) or a line break (refused by mail headers)
 * never gets past the edge.
 */
export const typed = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/)

/** A password somebody chooses. Its rules depend on whose it is, so a use-case looks at them; here is only what would be absurd. */
export const newPassword = z.string().min(1).max(1024)
