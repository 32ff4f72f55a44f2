import type { EmailValues } from '../../domain/messages.ts'
import { type Content, text } from '../content.ts'
import type { Words } from '../words.ts'
import { askedFor, button, codeBlock, warnings } from './parts.ts'

/** What somebody asked for by typing an address. Code and link work alone, each. */
export const codes = {
  verify_email({ code, link, minutes, asked }: EmailValues['verify_email'], words: Words): Content {
    const { texts, say, count } = words
    const { subject, lead, button: label, not_you } = texts.verify_email
    const life = text(count(texts, 'both_minutes', minutes))
    return {
      subject,
      blocks: [
        text(say(lead)),
        codeBlock(words, code),
        button(words, label, link),
        life,
        ...askedFor(words, asked),
        ...warnings(words, not_you),
      ],
    }
  },
  login_code({ code, link, minutes, asked }: EmailValues['login_code'], words: Words): Content {
    const { texts, say, count } = words
    const { subject, lead, button: label, not_you } = texts.login_code
    const life = text(count(texts, 'both_minutes', minutes))
    return {
      subject,
      blocks: [
        text(say(lead)),
        codeBlock(words, code),
        button(words, label, link),
        life,
        ...askedFor(words, asked),
        ...warnings(words, not_you),
      ],
    }
  },
  address_taken({ link, asked }: EmailValues['address_taken'], words: Words): Content {
    const { texts, say } = words
    const { subject, lead, hint, button: label, not_you } = texts.address_taken
    return {
      subject,
      blocks: [text(say(lead)), text(hint), button(words, label, link), ...askedFor(words, asked), text(not_you)],
    }
  },
  reset_password(values: EmailValues['reset_password'], words: Words): Content {
    const { texts, say, count } = words
    const { code, link, codeMinutes, linkMinutes, asked } = values
    const { subject, lead, button: label, not_you } = texts.reset_password
    const lives = [count(texts, 'code_minutes', codeMinutes), count(texts, 'link_minutes', linkMinutes)]
    return {
      subject,
      blocks: [
        text(say(lead)),
        codeBlock(words, code),
        button(words, label, link),
        text(lives.join(' ')),
        ...askedFor(words, asked),
        ...warnings(words, not_you),
      ],
    }
  },
  email_change_code({ code, minutes, asked }: EmailValues['email_change_code'], words: Words): Content {
    const { texts, say, count } = words
    const { subject, lead, not_you } = texts.email_change_code
    const life = text(count(texts, 'code_minutes', minutes))
    return {
      subject,
      blocks: [text(say(lead)), codeBlock(words, code), life, ...askedFor(words, asked), ...warnings(words, not_you)],
    }
  },
}
