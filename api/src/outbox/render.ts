import type { Email, Message, Sms } from '../domain/messages.ts'
import { linksOf } from '../domain/messages.ts'
import type { Letter, Rendered } from './letter.ts'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import { EMAILS, TEXT_MESSAGES } from './templates/index.ts'
import { asData, type Words, wordsOf } from './words.ts'

/** A message in its reader's language and its organization's look. @throws where a link leads anywhere but to us */
export function render(message: Message, letter: Letter): Rendered {
  for (const link of linksOf(message))
    if (!link.startsWith(`${letter.origin}/`)) throw new Error(`a link of ${message.kind} leads away from here`)
  const words = wordsOf(letter)
  return message.channel === 'email' ? renderEmail(message, letter, words) : renderSms(message, letter, words)
}

function renderEmail(message: Email, letter: Letter, words: Words): Rendered {
  // kind and values belong together, which the compiler forgets when it looks a template up
  const template = EMAILS[message.kind] as (
    values: Email['values'],
    words: Words,
  ) => ReturnType<(typeof EMAILS)['anomaly']>
  const content = template(message.values, words)
  const foot = words.say(words.texts.foot)
  const names = { organization: asData(letter.organization), foot }
  return {
    subject: content.subject,
    text: renderText(content, `${foot}\n${letter.origin}`, words),
    html: renderHtml(content, letter, names),
  }
}

/**
 * The last line binds the code to our host, so that a phone fills it in there and nowhere else (WICG, origin-bound one-time codes).
 * Typographic quotes would make a text message twice as expensive.
 */
function renderSms(message: Sms, letter: Letter, words: Words): Rendered {
  const said = TEXT_MESSAGES[message.kind](message.values, words).replaceAll(/[’‘]/g, "'")
  return { subject: '', text: `${said}\n\n@${new URL(letter.origin).hostname} #${message.values.code}`, html: null }
}
