import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { expect, test } from 'vitest'
import { redirectOf } from '../testing/browser.ts'
import { authorizePath, codeOf, type Tokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

type Scene = Awaited<ReturnType<typeof createScene>>

const FAULT = 'canary fault in a statement'

/** From the click in the application to renewed tokens and the account pages, answer by answer. */
async function* walk({ browser, authorize, redeem, refresh, userinfo }: Scene): AsyncGenerator<Response> {
  const opened = await authorize({ scope: 'openid offline_access' })
  yield opened
  const login = `/api/login/${opened.headers.get('location')?.split('/').at(-1)}`
  yield await browser.get(opened.headers.get('location') ?? '')
  yield await browser.post(`${login}/identifier`, { identifier: BOB })
  const entered = await browser.post(`${login}/password`, { password: PASSWORD })
  yield entered.clone()
  const redeemed = await redeem(codeOf(redirectOf((await entered.json()) as LoginAnswer)))
  yield redeemed.clone()
  const tokens = (await redeemed.json()) as Tokens
  yield await userinfo(tokens)
  yield await refresh(tokens)
  yield await authorize({ prompt: 'none' })
  yield await browser.get('/account')
  yield await browser.get('/api/me')
}

/** The first answer that is none of the happy way, or null. */
async function firstFailure(scene: Scene): Promise<Response | null> {
  for await (const answer of walk(scene)) {
    const error = answer.headers.get('location')?.includes('error=')
    if (answer.status >= 400 || error) return answer
  }
  return null
}

test('N294 FAULT - whichever statement fails, nobody is let in by it, nothing of it is told, and nothing is half done', async () => {
  let failing = 0
  for (let isOver = false; !isOver; ) {
    failing++
    let seen = Number.NEGATIVE_INFINITY
    const observe = () => {
      if (++seen === failing) throw new Error(FAULT)
    }
    const scene = await createScene({ observe, application: { settings: { consent: 'never' } } })
    seen = 0
    const failure = await firstFailure(scene)
    isOver = seen < failing
    seen = Number.NEGATIVE_INFINITY
    if (isOver) expect(failure).toBeNull()
    else await expectClosed(scene, failure, failing)
  }
  expect(failing).toBeGreaterThan(40)
})

async function expectClosed(scene: Scene, failure: Response | null, at: number): Promise<void> {
  if (!failure) throw new Error(`statement ${at} failed, and nobody noticed`)
  const told = `${failure.headers.get('location') ?? ''} ${await failure.text()}`
  expect(told).toMatch(/internal|server_error/)
  expect(told).not.toMatch(/canary|select |insert |update |\.ts|[?&]code=|"code":"va|access_token|refresh_token/)

  const { db } = scene.deps
  const rows = (name: 'grants' | 'authorizationCodes' | 'accessTokens' | 'sessions' | 'events') =>
    db.query.select().from(db.tables[name] as never) as unknown as Promise<Record<string, unknown>[]>
  const grants = (await rows('grants')).map(({ id }) => id)
  for (const { grantId } of [...(await rows('authorizationCodes')), ...(await rows('accessTokens'))])
    expect(grants).toContain(grantId)
  const signedIn = (await rows('events')).filter(({ type }) => type === 'user.signed_in')
  expect(signedIn.map(({ target }) => target)).toEqual((await rows('sessions')).map(({ id }) => id))
  const issued = (await rows('events')).filter(({ type }) => type === 'grant.issued')
  expect(issued).toHaveLength(grants.length)

  // nobody is in who was not before, and everybody gets in afterwards
  const silent = (await scene.authorize({ prompt: 'none' })).headers.get('location') ?? ''
  if (signedIn.length === 0) expect(silent).toContain('error=login_required')
  scene.clock.advance(1)
  const request = await scene.browser.open(authorizePath('ledger', { prompt: 'login' }))
  expect(redirectOf(await scene.browser.signIn(request, BOB, PASSWORD)).searchParams.has('code')).toBe(true)
}
