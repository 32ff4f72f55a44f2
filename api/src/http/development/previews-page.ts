import { MODES } from '@vestibule/shared/branding.ts'
import { isLanguage, LANGUAGE_CODES, LANGUAGES } from '@vestibule/shared/languages.ts'
import { html } from 'hono/html'
import type { Deps, Rendered } from '../../deps.ts'
import type { Message } from '../../domain/messages.ts'
import { Problem } from '../../domain/problem.ts'
import {
  listPreviewLooks,
  listPreviews,
  type PreviewLook,
  type PreviewWish,
  preview,
} from '../../use-cases/messages/previews.ts'
import type { Http } from '../env.ts'
import { benchPage, type Frame, type Html, mailPage } from './frame.ts'

const keyOf = ({ channel, kind }: Message) => `${channel}.${kind}`
type Wish = PreviewWish & { isPhone: boolean; isText: boolean }

/** Every message there is, in any language and look, as HTML and as text, in light and dark. */
export async function previewsPage(c: Http, deps: Deps, frame: Frame): Promise<Response> {
  const messages = listPreviews(deps)
  const looks = await listPreviewLooks(deps)
  const wish = wishOf(c, messages, looks)
  const rendered = await preview(deps, wish)
  return benchPage(c, frame, {
    title: 'Previews',
    list: listOf(messages, wish),
    open: reading(wish, rendered, looks),
  })
}

/** The HTML part alone. @throws Problem not_found, for a text message too */
export async function previewMail(c: Http, deps: Deps): Promise<Response> {
  const messages = listPreviews(deps)
  const message = messages.find((one) => keyOf(one) === c.req.param('message'))
  if (!message) throw new Problem('not_found')
  const rendered = await preview(deps, { ...wishOf(c, messages, await listPreviewLooks(deps)), message })
  if (rendered.html === null) throw new Problem('not_found')
  return mailPage(c, rendered.html)
}

/** Whatever the query says that is not one of ours is left out. */
function wishOf(c: Http, messages: readonly Message[], looks: readonly PreviewLook[]): Wish {
  const { message, language = '', look, mode, width, part } = c.req.query()
  return {
    message: messages.find((one) => keyOf(one) === message) ?? messages[0]!,
    language: isLanguage(language) ? language : 'en',
    look: looks.find(({ id }) => id === look)?.id ?? looks[0]!.id,
    mode: MODES.find((one) => one === mode) ?? null,
    isPhone: width === 'phone',
    isText: part === 'text',
  }
}

const queryOf = ({ message, language, look, mode, isPhone, isText }: Wish, other: Record<string, string> = {}) =>
  new URLSearchParams({
    message: keyOf(message),
    language,
    look,
    mode: mode ?? '',
    width: isPhone ? 'phone' : '',
    part: isText ? 'text' : '',
    ...other,
  }).toString()

function listOf(messages: readonly Message[], wish: Wish): Html {
  const rows = messages.map((message) => {
    const key = keyOf(message)
    const current = key === keyOf(wish.message) ? html` aria-current="true"` : ''
    const sort = message.channel === 'email' ? 'Mail' : 'Text message'
    return html`<li><a class="row" href="?${queryOf(wish, { message: key })}"${current}><span class="grow"><strong>${message.kind.replaceAll('_', ' ')}</strong><small>${sort}</small></span></a></li>`
  })
  return html`<section class="pane"><header><h1>Previews</h1><p class="soft">Every message, with values that were made up</p></header>
<ul class="rows">${rows}</ul></section>`
}

type Option = readonly [value: string, name: string]

const choice = (name: string, label: string, options: readonly Option[], chosen: string): Html =>
  html`<label class="field"><span>${label}</span><select name="${name}">${options.map(
    ([value, text]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`,
  )}</select></label>`

function reading(wish: Wish, { subject, text, html: mail }: Rendered, looks: readonly PreviewLook[]): Html {
  const { message, language, look, mode, isPhone, isText } = wish
  const languages = LANGUAGE_CODES.map((code) => [code, LANGUAGES[code].name] as const)
  const frame = html`<iframe title="Preview" sandbox class="${isPhone ? 'phone' : 'wide'}" src="/__messages/${keyOf(message)}?${queryOf(wish)}"></iframe>`
  return html`<article class="pane"><header>
<form class="choices"><input type="hidden" name="message" value="${keyOf(message)}">
${choice('language', 'Language', languages, language)}
${choice(
  'look',
  'Look',
  looks.map(({ id, name }) => [id, name] as const),
  look,
)}
${choice(
  'mode',
  'Colours',
  [
    ['', 'As it goes out'],
    ['light', 'Light'],
    ['dark', 'Dark'],
  ],
  mode ?? '',
)}
${choice(
  'width',
  'Width',
  [
    ['', 'Wide'],
    ['phone', 'Phone'],
  ],
  isPhone ? 'phone' : '',
)}
${choice(
  'part',
  'Part',
  [
    ['', 'HTML'],
    ['text', 'Plain text'],
  ],
  isText ? 'text' : '',
)}
<noscript><button class="button secondary slim">Show</button></noscript></form>
<h2 lang="${language}" dir="${LANGUAGES[language].direction}">${subject || 'Text message'}</h2></header>
<div class="reading">${isText || mail === null ? html`<pre lang="${language}" dir="${LANGUAGES[language].direction}">${text}</pre>` : frame}</div></article>`
}
