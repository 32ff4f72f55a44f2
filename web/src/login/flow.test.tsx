import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { answerOf, bakery, LOGIN_FIXTURES } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const heading = () => screen.getByRole('heading', { level: 1 })
const typePassword = async ({ user }: ReturnType<typeof openLogin>) => {
  await user.type(screen.getByLabelText(t('common:password')), 'seven quiet lanterns{Enter}')
}

test('a step that is no longer the true one heals: the page asks which one is, and draws it', async () => {
  when('post /api/login/{request}/password', { refuse: { code: 'wrong_step' } })
  when('get /api/login/{request}', answerOf('select_account'))
  await typePassword(openLogin(answerOf('first_factor')))
  await screen.findByRole('heading', { name: t('login:picker.heading') })
})

test.each(['request_expired', 'request_finished', 'request_not_found'] as const)(
  '%s draws a page that says so, with a way on',
  async (code) => {
    when('post /api/login/{request}/password', { refuse: { code, requestId: '7f3c' } })
    await typePassword(openLogin(answerOf('first_factor')))
    await screen.findByText(t(`errors:${code}`))
    expect(screen.getByRole('link', { name: t('common:your_account') }).getAttribute('href')).toBe('/account')
    expect(screen.getByText('7f3c')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(heading()))
  },
)

test('a login that is over leads back to the application that begins another one', async () => {
  const startAgain = { application: 'Ledger', to: 'https://ledger.test/start?iss=https%3A%2F%2Facme.test' }
  when('post /api/login/{request}/password', { refuse: { code: 'request_expired', startAgain } })
  await typePassword(openLogin(answerOf('first_factor')))
  const back = await screen.findByRole('link', { name: t('login:back_to', { application: 'Ledger' }) })
  expect(back.getAttribute('href')).toBe(startAgain.to)
})

test('a complete login finishes by itself, once, and leaves for the application', async () => {
  const sent = when('post /api/login/{request}/finish', answerOf('redirect'))
  const { leave } = openLogin(answerOf('complete'))
  await waitFor(() => expect(leave).toHaveBeenCalledTimes(1))
  expect(leave).toHaveBeenCalledWith({ to: 'https://ledger.test/callback?code=abc&state=xyz' })
  expect(sent).toHaveLength(1)
})

test('a finish that fails can be tried again', async () => {
  when('post /api/login/{request}/finish', 'unreachable', answerOf('redirect'))
  const { user, leave } = openLogin(answerOf('complete'))
  await user.click(await screen.findByRole('button', { name: t('common:try_again') }))
  await waitFor(() => expect(leave).toHaveBeenCalled())
})

test('the address to leave for comes from the answer, never from the query', () => {
  history.replaceState(null, '', '/login/req_1?redirect_uri=https://evil.test/&to=https://evil.test/')
  const { leave } = openLogin(LOGIN_FIXTURES.redirect)
  expect(leave.mock.calls).toEqual([[{ to: 'https://ledger.test/callback?code=abc&state=xyz' }]])
})

test.each([
  ['allow', true],
  ['cancel', false],
] as const)('consent: %s is sent as such', async (button, allow) => {
  const sent = when('post /api/login/{request}/consent', answerOf('redirect'))
  const { user } = openLogin(answerOf('consent'))
  expect(screen.getByText('ledger:write')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: t(`login:consent.${button}`) }))
  await screen.findByRole('button', { name: t('common:continue') })
  expect(sent).toEqual([{ allow }])
})

test('consent: the picture of the application stands for it, and its letter where the picture does not come', () => {
  const answer = answerOf('consent')
  openLogin({
    ...answer,
    application: { ...answer.application!, logo: 'https://ledger.test/logo.png' },
  })
  const picture = document.querySelector('.meeting img')!
  expect([picture.getAttribute('src'), picture.getAttribute('alt')]).toEqual(['https://ledger.test/logo.png', ''])
  expect(picture.getAttribute('referrerpolicy')).toBe('no-referrer')
  fireEvent.error(picture)
  expect(document.querySelector('.meeting img')).toBeNull()
  expect(document.querySelector('.meeting .glyph')?.textContent).toBe('L')
})

test('consent: what is no https address is no picture', () => {
  const answer = answerOf('consent')
  openLogin({ ...answer, application: { ...answer.application!, logo: 'javascript:alert(1)' } })
  expect(document.querySelector('.meeting img')).toBeNull()
})

test('a denied account leads to another one', async () => {
  const sent = when('post /api/login/{request}/restart', answerOf('identify'))
  const { user } = openLogin(LOGIN_FIXTURES['denied, deactivated'])
  expect(screen.getByText(t('login:denied.text.deactivated'))).toBeTruthy()
  await user.click(screen.getByRole('button', { name: t('login:use_another_account') }))
  await screen.findByRole('heading', { name: t('login:identify.heading') })
  expect(sent).toEqual([{ fresh: true }])
})

test('Back from the password asks the server for the identifier again', async () => {
  when('post /api/login/{request}/identifier', answerOf('first_factor'))
  const sent = when('post /api/login/{request}/restart', answerOf('identify'))
  const { user } = openLogin(answerOf('identify'))
  await user.type(screen.getByRole('textbox'), 'ada{Enter}')
  await screen.findByRole('heading', { name: t('login:password.heading') })
  act(() => history.back())
  await screen.findByRole('heading', { name: t('login:identify.heading') })
  expect(sent).toEqual([{ fresh: true }])
})

test('a page from the back-forward cache draws the step that is true now', async () => {
  when('get /api/login/{request}', { refuse: { code: 'request_finished' } })
  openLogin(LOGIN_FIXTURES.redirect)
  act(() => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await screen.findByText(t('errors:request_finished'))
})

test('another branding in an answer is worn at once, and the first one is taken off', async () => {
  const first = Object.assign(document.createElement('style'), { nonce: 'n', textContent: ':root { --brand: red; }' })
  first.setAttribute('nonce', 'n')
  document.head.append(first)
  when('post /api/login/{request}/identifier', answerOf('first_factor', { branding: bakery }))
  const { user } = openLogin(answerOf('identify'))
  await user.type(screen.getByRole('textbox'), 'ada{Enter}')
  await screen.findByText('Kruste & Krume')
  expect(document.adoptedStyleSheets.map((sheet) => sheet.cssRules[0]?.cssText).join()).toContain('#b5562b')
  expect(document.documentElement.dataset.theme).toBe('light')
  expect(document.body.dataset.layout).toBe('split')
  expect(first.isConnected).toBe(false)
  expect(screen.getByText(bakery.tagline!)).toBeTruthy()
})
