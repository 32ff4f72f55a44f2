import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Interaction, Provider } from 'oidc-provider'
import type { Accounts } from './accounts.ts'

/** The pages that oidc-provider leaves to its operator: GET shows a form, POST answers it and goes back to the request. */
export async function interact(
  provider: Provider,
  accounts: Accounts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response)
  if (request.method === 'GET') return show(response, 200, form(interaction))

  if (interaction.prompt.name === 'consent') {
    const consent = { grantId: await grant(provider, interaction) }
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
  }
  const body = new URLSearchParams(await text(request))
  const accountId = await accounts.check(body.get('identifier') ?? '', body.get('password') ?? '')
  if (!accountId) return show(response, 401, 'wrong')
  return provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false })
}

/** Puts what is missing into the grant, as in the documentation's example. Out: the grant's id. */
async function grant(provider: Provider, { grantId, session, params, prompt }: Interaction): Promise<string> {
  const existing = grantId ? await provider.Grant.find(grantId) : undefined
  const granted =
    existing ?? new provider.Grant({ accountId: session?.accountId as string, clientId: params.client_id })
  if (prompt.details.missingOIDCScope) granted.addOIDCScope(prompt.details.missingOIDCScope.join(' '))
  return granted.save()
}

const form = ({ uid, prompt }: Interaction) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Sign in</title><link rel="stylesheet" href="/assets/login.css"></head>
  <body>
    <main>
      <h1>Sign in</h1>
      <form method="post" action="/interaction/${uid}" data-prompt="${prompt.name}">
        <label>User name <input name="identifier" autocomplete="username" required></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <button>Continue</button>
      </form>
    </main>
  </body>
</html>`

function show(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'cache-control': 'no-store',
  })
  response.end(html)
}
