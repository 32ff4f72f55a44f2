import { expect } from 'vitest'
import { fingerprint } from './database.ts'
import { type Answer, codeOf } from './http.ts'
import type { World } from './world.ts'

/** What a refusal may say, besides what belongs to a step. */
const CODES = new Set(
  [
    'invalid_input malformed_body code_invalid unauthenticated invalid_credentials reauth_required csrf_failed forbidden',
    'not_found request_not_found method_not_allowed wrong_step request_finished request_expired body_too_large',
    'unsupported_media_type unknown_host too_many_attempts account_changed last_owner',
    'last_way changed_meanwhile',
    'code_wrong code_expired registration_closed proof_of_work_required',
    'passkey_refused passkey_unknown security_key_refused challenge_over too_many',
    'invalid_request invalid_request_uri invalid_client invalid_grant invalid_scope invalid_target invalid_token',
    'insufficient_scope unauthorized_client unsupported_grant_type unsupported_response_type',
  ].flatMap((line) => line.split(' ')),
)

/** Anything that opens something: cookies, codes, tokens and JWTs. */
const OPENS = /\b(vd|va|vr|vc|vl)_[\w-]{43}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./

/** 4xx with a documented code, no cookie that authenticates, no token. */
export function expectRefused(answer: Answer, ...expected: string[]): void {
  const said = `${answer.status} ${answer.body.slice(0, 300)}`
  expect(answer.status, said).toBeGreaterThanOrEqual(400)
  expect(answer.status, said).toBeLessThan(500)
  expect(answer.setCookie, said).toEqual([])
  expect(answer.body, said).not.toMatch(OPENS)
  const code = codeOf(answer)
  if (code !== null) expect(CODES, said).toContain(code)
  if (expected.length > 0) expect(expected, said).toContain(code ?? String(answer.status))
}

/** Whatever is done leaves every row as it was, but for events and counters of attempts. */
export async function expectUnchanged(world: Pick<World, 'rows'>, action: () => Promise<unknown>): Promise<void> {
  const before = await fingerprint(world.rows)
  await action()
  expect(await fingerprint(world.rows)).toEqual(before)
}
