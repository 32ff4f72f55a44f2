import type { EmailValues } from '../../domain/messages.ts'
import { type Content, quiet, text } from '../content.ts'
import type { Words } from '../words.ts'
import { button, factorFact, happened, masked } from './parts.ts'

/** What the owner of an account is told after it happened. */
export const notices = {
  password_changed(values: EmailValues['password_changed'], words: Words): Content {
    const { subject, lead } = words.texts.password_changed
    return { subject, blocks: [text(words.say(lead)), ...happened(words, values)] }
  },
  password_reset(values: EmailValues['password_reset'], words: Words): Content {
    const { subject, lead } = words.texts.password_reset
    return { subject, blocks: [text(words.say(lead)), ...happened(words, values)] }
  },
  account_locked({ until, at }: EmailValues['account_locked'], words: Words): Content {
    const { texts, say, instant } = words
    const { subject, lead, not_you } = texts.account_locked
    const when = [texts.labels.when, instant(at)] as const
    return {
      subject,
      blocks: [text(say(lead, { until: instant(until) })), { kind: 'facts', rows: [when] }, text(not_you)],
    }
  },
  email_changed({ newAddressMasked, ...values }: EmailValues['email_changed'], words: Words): Content {
    const { subject, lead, lead_removed } = words.texts.email_changed
    const said =
      newAddressMasked === null ? words.say(lead_removed) : words.say(lead, { address: masked(newAddressMasked) })
    return { subject, blocks: [text(said), ...happened(words, values)] }
  },
  phone_changed({ newPhoneMasked, ...values }: EmailValues['phone_changed'], words: Words): Content {
    const { subject, lead, lead_removed } = words.texts.phone_changed
    const said = newPhoneMasked === null ? words.say(lead_removed) : words.say(lead, { phone: masked(newPhoneMasked) })
    return { subject, blocks: [text(said), ...happened(words, values)] }
  },
  deletion_planned({ date, undoLink }: EmailValues['deletion_planned'], words: Words): Content {
    const { subject, lead, button: label, not_you } = words.texts.deletion_planned
    const said = words.say(lead, { date: words.day(date) })
    return { subject, blocks: [text(said), button(words, label, undoLink), quiet(not_you)] }
  },
  account_deleted(_values: EmailValues['account_deleted'], words: Words): Content {
    const { subject, lead } = words.texts.account_deleted
    return { subject, blocks: [text(words.say(lead))] }
  },
  new_device(values: EmailValues['new_device'], words: Words): Content {
    const { subject, lead, more } = words.texts.new_device
    return { subject, blocks: [text(words.say(lead)), ...happened(words, values), quiet(more)] }
  },
  intrusion_reported(values: EmailValues['intrusion_reported'], words: Words): Content {
    const { subject, lead } = words.texts.intrusion_reported
    return { subject, blocks: [text(words.say(lead)), ...happened(words, values)] }
  },
  factor_added({ factor, ...values }: EmailValues['factor_added'], words: Words): Content {
    const { subject, lead } = words.texts.factor_added
    return { subject, blocks: [text(words.say(lead)), ...happened(words, values, [factorFact(words, factor)])] }
  },
  factor_removed({ factor, ...values }: EmailValues['factor_removed'], words: Words): Content {
    const { subject, lead } = words.texts.factor_removed
    return { subject, blocks: [text(words.say(lead)), ...happened(words, values, [factorFact(words, factor)])] }
  },
  device_trusted({ until, ...values }: EmailValues['device_trusted'], words: Words): Content {
    const { subject, lead } = words.texts.device_trusted
    return { subject, blocks: [text(words.say(lead, { until: words.instant(until) })), ...happened(words, values)] }
  },
  recovery_code_used({ left, ...values }: EmailValues['recovery_code_used'], words: Words): Content {
    const texts = words.texts.recovery_code_used
    return { subject: texts.subject, blocks: [text(words.count(texts, 'lead', left)), ...happened(words, values)] }
  },
  login_after_failures({ count, ...values }: EmailValues['login_after_failures'], words: Words): Content {
    const texts = words.texts.login_after_failures
    return { subject: texts.subject, blocks: [text(words.count(texts, 'lead', count)), ...happened(words, values)] }
  },
  anomaly({ count, minutes }: EmailValues['anomaly'], words: Words): Content {
    const texts = words.texts.anomaly
    const said = words.count(texts, 'lead', minutes, { failures: words.number(count) })
    return { subject: texts.subject, blocks: [text(said), text(texts.hint)] }
  },
}
