import type { EmailKind, EmailValues, SmsKind, SmsValues } from '../../domain/messages.ts'
import type { Content } from '../content.ts'
import type { Words } from '../words.ts'
import { codes } from './codes.ts'
import { notices } from './notices.ts'

type EmailTemplates = { [Kind in EmailKind]: (values: EmailValues[Kind], words: Words) => Content }
type SmsTemplates = { [Kind in SmsKind]: (values: SmsValues[Kind], words: Words) => string }

/** One template a kind; a kind without one does not compile. */
export const EMAILS: EmailTemplates = { ...codes, ...notices }

export const TEXT_MESSAGES: SmsTemplates = {
  verify_phone: ({ code, minutes }, { texts, count }) => count(texts.sms, 'verify_phone', minutes, { code }),
  login_code: ({ code, minutes }, { texts, count }) => count(texts.sms, 'login_code', minutes, { code }),
  reset_password: ({ code, minutes }, { texts, count }) => count(texts.sms, 'reset_password', minutes, { code }),
}
