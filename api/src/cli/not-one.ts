import type { Who } from '../use-cases/users/find-by-login-name.ts'
import { Refused } from './terminal.ts'

/** A login name that is not exactly one person's. */
export const notOne = (found: 'nobody' | 'several', { loginName, organization }: Who): Refused =>
  found === 'nobody'
    ? new Refused(`nobody is called ${loginName}${organization ? ` in ${organization}` : ''}.`)
    : new Refused(`several people are called ${loginName}: say --organization DOMAIN.`)
