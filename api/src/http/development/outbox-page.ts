import { html } from 'hono/html'
import type { SunkMessage } from '../../deps.ts'
import type { Http } from '../env.ts'
import { benchPage, copyable, type Frame, type Html } from './frame.ts'

/** What would have been sent, newest first, and the one that is open: the newest, or that of the query. */
export function outboxPage(c: Http, frame: Frame, messages: readonly SunkMessage[]): Response {
  const asked = c.req.query('message')
  const open = messages.find(({ id }) => id === asked) ?? messages[0]
  return benchPage(c, frame, {
    title: 'Outbox',
    newest: messages[0]?.id ?? '',
    list: listOf(messages, open?.id),
    open: open ? reading(open, c.req.query('part') === 'text') : empty,
  })
}

const empty = html`<section class="pane"><div class="nothing"><h2>Nothing yet</h2>
<p>Mails and text messages that would have been sent show up here, with their codes and links.</p></div></section>`

const timeOf = (at: number) => new Date(at).toISOString().slice(11, 19)

function listOf(messages: readonly SunkMessage[], open: string | undefined): Html {
  const rows = messages.map(
    ({
      id,
      to,
      subject,
      kind,
      at,
    }) => html`<li><a class="row" href="?message=${id}"${id === open ? html` aria-current="true"` : ''}>
<span class="grow"><strong dir="auto">${subject || kind}</strong><small>${to}</small></span>
<time datetime="${new Date(at).toISOString()}">${timeOf(at)}</time></a></li>`,
  )
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`
  return html`<section class="pane"><header><h1>Outbox</h1><p class="soft">${count}, none of them sent</p></header>
<ul class="rows">${rows}</ul></section>`
}

function reading(message: SunkMessage, asText: boolean): Html {
  const { id, to, channel, kind, subject, text, code, link, at } = message
  const isText = asText || message.html === null
  const other = isText ? ['html', 'HTML'] : ['text', 'Plain text']
  return html`<article class="pane"><header>
<h2 dir="auto">${subject || kind}</h2>
<p class="soft">${channel === 'email' ? 'Mail' : 'Text message'} ${kind} to ${to}, ${timeOf(at)} UTC</p>
<div class="copies">${code === null ? '' : copyable('code', code)}${link === null ? '' : copyable('link', link)}</div>
<div class="copies">${link === null ? '' : html`<a class="button primary slim" href="${link}" target="_blank" rel="noopener">Open link</a>`}
${message.html === null ? '' : html`<a class="button secondary slim" href="?message=${id}&part=${other[0]}">${other[1]}</a>`}</div>
</header>
<div class="reading">${isText ? html`<pre dir="auto">${text}</pre>` : html`<iframe title="${subject}" sandbox src="/dev/outbox/${id}"></iframe>`}</div></article>`
}
