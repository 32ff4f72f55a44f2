import { html } from 'hono/html'
import type { Explanation } from './explain.ts'
import type { Visitor } from './sessions.ts'
import type { Way } from './ways.ts'

type Html = ReturnType<typeof html>

const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2c4a7c"/>' +
      '<path stroke="#fff" stroke-width="2.5" stroke-linecap="round" d="M8 10h16M8 16h16M8 22h9"/></svg>',
  )

const page = (title: string, body: Html) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Ledger</title>
    <link rel="icon" href="${ICON}">
    <link rel="stylesheet" href="/ledger.css">
  </head>
  <body>
    <header><a class="mark" href="/">Ledger</a><span>a demo application</span></header>
    <main>${body}</main>
    <footer>Ledger shows what an application sees of a sign-in. It keeps no passwords, and forgets everything when it stops.</footer>
  </body>
</html>`

const wayList = (ways: readonly Way[]) => html`<ul class="ways">${ways.map(
  ({ name, label, sends, effect }) => html`
  <li><a href="/sign-in/${name}">${label}</a><p>${effect}</p><code>${sends}</code></li>`,
)}
</ul>`

export const welcome = (issuer: URL, { plain, create }: Record<'plain' | 'create', Way>, others: readonly Way[]) =>
  page(
    'Welcome',
    html`<section class="sheet">
  <h1>Good books make good friends</h1>
  <p>Sign in to open your ledger. You will visit <strong>${issuer.host}</strong> and come back here.</p>
  <p class="actions">
    <a class="button" href="/sign-in/${plain.name}">${plain.label}</a>
    <a class="button quiet" href="/sign-in/${create.name}">${create.label}</a>
  </p>
</section>
<section>
  <h2>Other ways to sign in</h2>
  ${wayList(others)}
</section>`,
  )

export const account = (issuer: URL, { claims, userInfo, scope, isConnected }: Visitor, ways: readonly Way[]) =>
  page(
    'Your ledger',
    html`<section class="sheet">
  <h1>Hello, <bdi>${userInfo.name ?? userInfo.preferred_username ?? userInfo.email ?? claims.sub}</bdi></h1>
  <p>You are signed in by <strong>${issuer.host}</strong>${scope && html` for <code>${scope}</code>`}.</p>
  <div class="actions">
    ${isConnected && html`<form method="post" action="/refresh"><button class="button">Refresh tokens</button></form>`}
    <form method="post" action="/sign-out"><button class="button quiet">Sign out</button></form>
  </div>
  ${isConnected || html`<p class="soft">There is no refresh token. “${ways.find(({ name }) => name === 'stay')?.label}” asks for one.</p>`}
</section>
<section>
  <h2>ID token, verified</h2>
  ${table(claims)}
  <h2>User info</h2>
  ${table(userInfo)}
</section>
<section>
  <h2>Try another way</h2>
  ${wayList(ways)}
</section>`,
  )

export const signedOut = () =>
  page(
    'Signed out',
    html`<section class="sheet">
  <h1>You are signed out</h1>
  <p>Here, and at the sign-in service.</p>
  <p><a class="button" href="/">Back to the first page</a></p>
</section>`,
  )

export const problem = ({ code, title, text }: Explanation) =>
  page(
    title,
    html`<section class="sheet">
  <h1>${title}</h1>
  <p>${text}</p>
  <p class="soft">Error code: <code>${code}</code></p>
  <p><a class="button" href="/">Back to the first page</a></p>
</section>`,
  )

export const nothingHere = () =>
  page(
    'No such page',
    html`<section class="sheet"><h1>There is nothing here</h1><p><a class="button" href="/">Back to the first page</a></p></section>`,
  )

const table = (claims: Readonly<Record<string, unknown>>) => html`<table>${Object.entries(claims).map(
  ([name, value]) => html`
  <tr><th scope="row">${name}</th><td>${typeof value === 'string' ? value : JSON.stringify(value)}${moment(name, value)}</td></tr>`,
)}
</table>`

/** Times in tokens are seconds since 1970 (RFC 7519 2, NumericDate). */
function moment(name: string, value: unknown) {
  const isTime = ['exp', 'iat', 'nbf', 'auth_time', 'updated_at'].includes(name) && typeof value === 'number'
  return isTime && html` <time>${new Date(value * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC</time>`
}
