import type { Message } from './messages.ts'

type MessageKey = {
  [Each in Message['channel']]: `${Each}/${Extract<Message, { channel: Each }>['kind']}`
}[Message['channel']]

const DAY = 86_400_000
const CODE = 'KXPT-7QRM'
const asked = { browser: 'Firefox', system: 'Linux' }

/** One of each message with made-up values, for previews. A kind without one does not compile. */
export function sampleMessages(origin: string, now: number): Message[] {
  const happened = { at: now, notMeLink: `${origin}/not-me#vl_c2FtcGxlLW9mLWEtbGluay1pbi1hLW1haWw` }
  const minutes = 10
  const link = `${origin}/code#vl_c2FtcGxlLW9mLWEtbGluay1pbi1hLW1haWw`
  const samples: { [Key in MessageKey]: Extract<Message, KeyOf<Key>>['values'] } = {
    'email/verify_email': { code: '483 920', link, minutes, asked },
    'email/login_code': { code: '483 920', link, minutes, asked },
    'email/recovery_code_used': { left: 9, ...happened },
    'email/address_taken': { link: `${origin}/account`, asked },
    'email/reset_password': { code: CODE, link, codeMinutes: minutes, linkMinutes: 30, asked },
    'email/password_changed': { ...happened, ...asked },
    'email/password_reset': { ...happened, ...asked },
    'email/account_locked': { until: now + 900_000, at: now },
    'email/email_change_code': { code: '483 920', minutes, asked },
    'email/email_changed': { newAddressMasked: 'a••@new.example', ...happened },
    'email/phone_changed': { newPhoneMasked: '+49 ••• ••42', ...happened },
    'email/deletion_planned': { date: now + 14 * DAY, undoLink: link },
    'email/account_deleted': {},
    'email/new_device': { ...happened, ...asked },
    'email/intrusion_reported': { ...happened, ...asked },
    'email/factor_added': { factor: 'passkey', ...happened },
    'email/factor_removed': { factor: 'totp', ...happened },
    'email/device_trusted': { until: now + 30 * DAY, ...happened, ...asked },
    'email/login_after_failures': { count: 4, ...happened },
    'email/anomaly': { count: 1_240, minutes: 15 },
    'sms/verify_phone': { code: '483920', minutes },
    'sms/login_code': { code: '483920', minutes },
    'sms/reset_password': { code: CODE, minutes },
  }
  return Object.entries(samples).map(([key, values]) => {
    const [channel, kind] = key.split('/')
    return { channel, kind, values } as Message
  })
}

type KeyOf<Key> = Key extends `${infer Channel}/${infer Kind}` ? { channel: Channel; kind: Kind } : never
