import type account from './en/account.json'
import type common from './en/common.json'
import type data from './en/data.json'
import type device from './en/device.json'
import type errors from './en/errors.json'
import type factors from './en/factors.json'
import type keys from './en/keys.json'
import type login from './en/login.json'
import type mail from './en/mail.json'
import type passkeys from './en/passkeys.json'
import type password from './en/password.json'
import type profile from './en/profile.json'
import type registration from './en/registration.json'
import type security from './en/security.json'
import type trusted from './en/trusted.json'

/** The shape of a catalogue, as English has it. A parity test holds the other languages to it. */
export type Catalogue = {
  common: typeof common
  login: typeof login
  account: typeof account
  data: typeof data
  device: typeof device
  profile: typeof profile
  errors: typeof errors
  factors: typeof factors
  keys: typeof keys
  password: typeof password
  passkeys: typeof passkeys
  registration: typeof registration
  security: typeof security
  trusted: typeof trusted
}
/** What only the server says, in mails and text messages. */
export type MailTexts = typeof mail
export type Namespace = keyof Catalogue

/** What the server writes into the first HTML of each entry. */
export const ENTRY_NAMESPACES = {
  login: ['common', 'login', 'password', 'passkeys', 'registration', 'device', 'factors', 'keys', 'errors'],
  app: [
    'common',
    'account',
    'password',
    'passkeys',
    'profile',
    'factors',
    'keys',
    'security',
    'trusted',
    'data',
    'errors',
  ],
} as const satisfies Record<string, readonly Namespace[]>
export type Entry = keyof typeof ENTRY_NAMESPACES
