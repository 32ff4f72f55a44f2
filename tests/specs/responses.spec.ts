import { arrive, signIn, signInTo } from '../flows/sign-in.ts'
import { ada } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('response_mode=form_post posts the answer to the application', async ({ page, ledger }) => {
  const request = await arrive(page, ledger, { response_mode: 'form_post' })
  await signIn(page, ada)
  const callback = await ledger.answer(page, request)
  expect(callback.method).toBe('POST')
  expect(new URL(page.url()).search).toBe('')
  await expect(ledger.redeem(request, callback)).resolves.toHaveProperty('access_token')

  // with a usable session there is no page of ours in between
  const again = await arrive(page, ledger, { response_mode: 'form_post' })
  expect((await ledger.answer(page, again)).method).toBe('POST')
})

test('response_mode=fragment keeps the answer out of the request', async ({ page, ledger }) => {
  const request = await arrive(page, ledger, { response_mode: 'fragment' })
  await signIn(page, ada)
  await expect(page).toHaveURL((url) => url.href.startsWith(`${ledger.redirectUri}#`))
  const parameters = new URLSearchParams(new URL(page.url()).hash.slice(1))
  expect(parameters.get('state')).toBe(request.state)
  await expect(ledger.redeem(request, { parameters })).resolves.toHaveProperty('access_token')
})

test('an authorization request may come by POST from the site of the application', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  const request = ledger.begin()
  await page.goto(ledger.signedOutUri)
  await page.evaluate((address) => {
    const form = document.createElement('form')
    const { origin, pathname, searchParams } = new URL(address)
    Object.assign(form, { method: 'post', action: origin + pathname })
    for (const [name, value] of searchParams) {
      const input = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
      form.append(input)
    }
    document.body.append(form)
    form.submit()
  }, request.url)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims.sub).toBeTruthy()
})
