import type { Reason } from '@vestibule/shared/login-step.ts'
import { about } from './rule.ts'

/** Somebody may have been given the code of a stranger's device: nothing is let in without a word, whatever was agreed to before. */
export const confirmDevice = about(({ consent: { given }, request }, { user }) =>
  given || !user || !request.isForDevice ? null : { kind: 'confirm_device', reasons: [], error: 'consent_required' },
)

export const consent = about(({ consent: { required, given }, request }, { user }) => {
  const asked = request.prompts.has('consent')
  if (given || !user || !(asked || required(user))) return null
  const reasons: Reason[] = [asked ? 'application_asks_for_consent' : 'new_access']
  return { kind: 'consent', reasons, error: 'consent_required' }
})
