import type { Request } from './cast.ts'
import {
  type Answer,
  appCode,
  enterApp,
  enterCode,
  keepCodes,
  personAt,
  sendCode,
  sentCode,
  setUpApp,
  skip,
  stepOf,
} from './factor-steps.ts'
import { setUpKey, showKey } from './key-steps.ts'
import { declineOffered, makeOffered } from './offered-passkey.ts'
import type { Choice } from './play.ts'
import type { Stage } from './stage.ts'

/** Goes through what is asked after the first proof, as its owner would. */
export async function goThrough(stage: Stage, request: Request, first: Answer | null, choice: Choice): Promise<void> {
  let answer = first
  for (let steps = 0; steps < 3 && answer && !request.isOver; steps++)
    answer = await goOn(stage, request, answer, choice)
}

async function goOn(stage: Stage, request: Request, answer: Answer, choice: Choice): Promise<Answer | null> {
  const step = stepOf(answer)
  if (step?.kind === 'enroll_second_factor') {
    if (step.canSkip && choice.b % 2 === 0) return skip(stage, request)
    if (choice.b % 7 === 1) return setUpKey(stage, request)
    return choice.b % 3 === 0 ? passByCode(stage, request, step, choice) : setUpApp(stage, request)
  }
  if (step?.kind === 'recovery_codes') return keepCodes(stage, request)
  if (step?.kind === 'offer_passkey')
    return choice.b % 3 === 0 ? declineOffered(stage, request) : makeOffered(stage, request)
  if (step?.kind !== 'second_factor') return null
  const key = stage.keys.findLast(({ owner }) => owner === personAt(stage, request)?.id)
  if (step.methods.includes('security_key') && key) return showKey(stage, request, key, choice)
  if (!step.methods.includes('totp')) return passByCode(stage, request, step, choice)
  return enterApp(stage, request, appCode(stage, personAt(stage, request), choice), choice.a % 2 === 0)
}

async function passByCode(stage: Stage, request: Request, { methods }: { methods: readonly string[] }, { a }: Choice) {
  const method = a % 2 === 0 && methods.includes('sms_code') ? 'sms_code' : 'email_code'
  await sendCode(stage, request, method)
  return enterCode(stage, request, method, sentCode(stage, request) ?? '000000')
}
