import { DEFAULT_LOGIN_POLICY, type LoginPolicy } from '@vestibule/shared/policy.ts'
import { withDefaults } from '../parse-once.ts'

/** Members that a stored policy does not know yet have their default. */
export const policyOf: (stored: unknown) => LoginPolicy = withDefaults(DEFAULT_LOGIN_POLICY)
