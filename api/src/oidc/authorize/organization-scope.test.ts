import { expect, test } from 'vitest'
import { clientAnswer, expectProblem, locationOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

/** Greta is of globex; the application is of acme and asks for nobody's consent. */
async function createTwoOrganizations(): Promise<Scene & { globex: string }> {
  const scene = await createScene({ application: { settings: { consent: 'never' } } })
  const globex = await scene.addOrganization('globex.test')
  await scene.addUser('greta', { organization: globex, email: 'greta@globex.test' })
  return { ...scene, globex }
}

test.each([
  'urn:vestibule:org:id:{id}',
  'urn:zitadel:iam:org:id:{id}',
  'urn:vestibule:org:domain:primary:globex.test',
  'urn:zitadel:iam:org:domain:primary:GLOBEX.test',
  'urn:vestibule:org:id:{id} urn:zitadel:iam:org:id:{id}',
])('Z1 %s names who may sign in', async (template) => {
  const { globex, browser } = await createTwoOrganizations()
  const scope = `openid ${template.replaceAll('{id}', globex)}`
  const request = await browser.open(authorizePath('ledger', { scope }))
  expect(await browser.signIn(request, 'greta', PASSWORD)).toMatchObject({ step: { kind: 'redirect' } })
})

test('Z1 the id wins over the domain', async () => {
  const { globex, browser } = await createTwoOrganizations()
  const scope = `openid urn:vestibule:org:domain:primary:acme.test urn:zitadel:iam:org:id:${globex}`
  const request = await browser.open(authorizePath('ledger', { scope }))
  expect((await browser.step(request)).branding.name).toBe('globex.test')
  expect(await browser.signIn(request, 'greta', PASSWORD)).toMatchObject({ step: { kind: 'redirect' } })
})

test('AZ22 the organization scope keeps others out, who look like nobody', async () => {
  const { globex, browser } = await createTwoOrganizations()
  const request = await browser.open(authorizePath('ledger', { scope: `openid urn:vestibule:org:id:${globex}` }))
  const steps = { bob: BOB, nobody: 'nobody@acme.test' }
  const answers = await Promise.all(
    Object.values(steps).map(async (identifier) => {
      const identified = await browser.post(`/api/login/${request}/identifier`, { identifier })
      const { account, ...rest } = (await identified.json()) as Record<string, unknown>
      return { account: account && { ...account, loginName: '' }, ...rest }
    }),
  )
  expect(answers[0]).toEqual(answers[1])
  await expectProblem(
    await browser.post(`/api/login/${request}/password`, { password: PASSWORD }),
    401,
    'invalid_credentials',
  )
})

test('AZ22 a session of another organization is not used', async () => {
  const { globex, signIn, authorize } = await createTwoOrganizations()
  await signIn()
  const scope = `openid urn:vestibule:org:id:${globex}`
  expect(clientAnswer(await authorize({ scope, prompt: 'none' }))).toMatchObject({ error: 'login_required' })
  expect(locationOf(await authorize({ scope })).pathname).toMatch(/^\/login\//)
})

test('AZ22 who left the organization while signing in gets no code', async () => {
  const { world, acme, globex, userId, browser } = await createTwoOrganizations()
  const request = await browser.open(authorizePath('ledger', { scope: `openid urn:vestibule:org:id:${acme}` }))
  await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
  await change(world, 'users', userId, { organizationId: globex as typeof acme })
  await expectProblem(
    await browser.post(`/api/login/${request}/password`, { password: PASSWORD }),
    401,
    'invalid_credentials',
  )
})
