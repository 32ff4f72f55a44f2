import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { findAuthlib } from '../../scripts/other-clients.ts'
import { signIn } from '../flows/sign-in.ts'
import { VAULT } from '../support/machines.ts'
import { ada, SECRET } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const python = findAuthlib()

/** Starts a program beside this file. It ends by itself. */
function start(command: string, script: string, ...args: string[]) {
  const child = spawn(command, [path.join(import.meta.dirname, 'authlib', script), ...args], {
    // http is for the tests
    env: { PATH: process.env.PATH, AUTHLIB_INSECURE_TRANSPORT: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    tell: (line: string) => child.stdin.write(`${line}\n`),
    async hear(): Promise<string> {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${script} ended before it said anything`)
      return value
    },
  }
}

// where there is no Authlib, the line before the tests says so
if (python) {
  test('Authlib signs in with PKCE, verifies both ID tokens, refreshes, asks about its token and takes it back', async ({
    page,
    world,
  }) => {
    const callback = `${world.relyingParty.origin}/callback`
    const application = start(python, 'sign_in.py', world.origin, 'notary', SECRET, callback)
    await page.goto(await application.hear())
    await signIn(page, ada)
    await page.getByRole('button', { name: 'Allow' }).click()
    await expect(page).toHaveURL((at) => at.href.startsWith(callback))
    application.tell(page.url())
    const said = JSON.parse(await application.hear())
    const { sub } = said.claims
    expect(said.claims).toMatchObject({ iss: world.origin, aud: 'notary', amr: ['pwd'] })
    expect(said.userinfo).toMatchObject({ sub, email: ada.email })
    expect([said.refreshed.sub, said.rotated]).toEqual([sub, true])
    expect(said.active).toMatchObject({ active: true, sub, client_id: 'notary' })
    expect(said.revoked).toEqual({ active: false })
  })

  test('Authlib acts for itself with client_credentials, and verifies the JWT as an API does', async ({ world }) => {
    const program = start(python, 'act_for_itself.py', world.origin, 'batch', SECRET, VAULT)
    const { header, claims } = JSON.parse(await program.hear())
    expect(header).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
    expect(claims).toMatchObject({ client_id: 'batch', sub: 'batch', aud: VAULT })
  })
}
