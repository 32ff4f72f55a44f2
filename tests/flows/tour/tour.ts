import { accountWays } from './account.ts'
import { deviceWays } from './device.ts'
import { linksWays } from './links.ts'
import { passkeysWays } from './passkeys.ts'
import { profileWays } from './profile.ts'
import { registrationWays } from './registration.ts'
import { resetWays } from './reset.ts'
import { secondFactorsWays } from './second-factors.ts'
import { signInWays } from './sign-in.ts'
import type { Way } from './way.ts'

/** Every screen, by name. */
export const TOUR: Record<string, Way> = {
  ...signInWays,
  ...registrationWays,
  ...resetWays,
  ...secondFactorsWays,
  ...deviceWays,
  ...accountWays,
  ...profileWays,
  ...passkeysWays,
  ...linksWays,
}
