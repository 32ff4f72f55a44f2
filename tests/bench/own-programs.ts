import { ROBOT, robotAssertion } from '../support/machines.ts'
import { form, request } from './driver/request.ts'
import type { Running } from './flows/running.ts'
import { readAnswer } from './flows/token.ts'
import { measure } from './measure.ts'
import type { Work } from './operations.ts'
import type { OwnCost } from './own.ts'
import type { Effort } from './processor-time.ts'
import { vestibuleAs } from './subjects/vestibule.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** What a service user with a key does: a JWT of its own for a token (RFC 7523 2.1). Each has its `jti`. */
export async function measureServiceUsers(effort: Effort): Promise<OwnCost[]> {
  const [ours] = await measure([vestibuleAs({ name: 'service users' })], bearing, 300, effort)
  return [{ title: 'JWT bearer, by a service user’s key', rounds: ours.rounds }]
}

async function bearing({ metadata }: Running): Promise<Work> {
  return async (connection) => {
    const assertion = robotAssertion(metadata.issuer)
    const content = form({ grant_type: GRANT, client_id: ROBOT.clientId, scope: 'openid', assertion })
    readAnswer(await request(connection, metadata.token_endpoint, '', content), 'Bearer')
  }
}
