import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const field = (name: 'givenName' | 'familyName' | 'email') =>
  screen.getByLabelText<HTMLInputElement>(t(`registration:fields.${name}`))
const password = () => screen.getByLabelText<HTMLInputElement>(t('registration:fields.newPassword'))
const terms = () => screen.getByRole<HTMLInputElement>('checkbox')
const submit = () => screen.getByRole('button', { name: t('registration:submit') })

async function fillIn({ user }: Pick<ReturnType<typeof openLogin>, 'user'>) {
  await user.type(field('givenName'), 'Nia')
  await user.type(field('familyName'), 'Okoye')
  await user.type(field('email'), 'nia@new.test')
  await user.type(password(), 'a long way to the lighthouse')
}

test('sends what was typed with the version that was accepted, and draws the next step', async () => {
  const sent = when('post /api/login/{request}/register', answerOf('verify_email'))
  const opened = openLogin(answerOf('register'))
  await fillIn(opened)
  await opened.user.click(terms())
  await opened.user.click(submit())
  await screen.findByRole('heading', { name: t('registration:code.heading') })
  expect(sent).toEqual([
    {
      givenName: 'Nia',
      familyName: 'Okoye',
      email: 'nia@new.test',
      newPassword: 'a long way to the lighthouse',
      accepted: '1',
      proof: null,
    },
  ])
})

test('whom one joins and what is to be accepted stand before the first field, and nothing is ticked', () => {
  openLogin(answerOf('register'))
  const order = [screen.getByText('Acme', { selector: 'strong bdi' }), field('givenName')]
  expect(order[0]!.compareDocumentPosition(order[1]!)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  const [first] = screen.getAllByRole('link', { name: new RegExp(t('common:terms')) })
  expect(first!.compareDocumentPosition(field('givenName'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  expect(terms().checked).toBe(false)
})

test('the fields are what browsers and password managers know', () => {
  openLogin(answerOf('register', { step: { fields: [{ name: 'phone', isRequired: false }] } }))
  const kinds = [...document.querySelectorAll('input:not([type=checkbox])')].map((input) =>
    ['name', 'type', 'autocomplete', 'dir'].map((name) => input.getAttribute(name)),
  )
  expect(kinds).toEqual([
    ['givenName', null, 'given-name', 'auto'],
    ['familyName', null, 'family-name', 'auto'],
    ['email', 'email', 'email', 'ltr'],
    ['phone', 'tel', 'tel', 'ltr'],
    ['newPassword', 'password', 'new-password', 'ltr'],
  ])
  expect(screen.getByText(t('common:optional'))).toBeTruthy()
})

test('several things that are wrong are said before the form, each leading to its field, and beside it', async () => {
  when('post /api/login/{request}/register', {
    refuse: { code: 'invalid_input', fields: { email: ['invalid'], accepted: ['required'] } },
  })
  const opened = openLogin(answerOf('register'))
  await fillIn(opened)
  await opened.user.click(submit())
  const summary = await screen.findByRole('region', { name: t('common:check_fields') })
  await waitFor(() => expect(document.activeElement).toBe(summary))
  expect(field('email').getAttribute('aria-invalid')).toBe('true')
  expect(screen.getAllByText(t('registration:accept.required'))).toHaveLength(2)
  expect(field('email').value).toBe('nia@new.test')
  await opened.user.click(within(summary).getByRole('link', { name: t('registration:fields.email') }))
  expect(document.activeElement).toBe(field('email'))
})

test('one thing that is wrong is said beside its field, which takes the focus', async () => {
  when('post /api/login/{request}/register', { refuse: { code: 'invalid_input', fields: { email: ['not_allowed'] } } })
  const { user } = openLogin(answerOf('register'))
  await user.click(submit())
  await screen.findByText(t('errors:field.not_allowed'))
  expect(screen.queryByRole('region', { name: t('common:check_fields') })).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(field('email')))
})

test('what is wrong with all of it stands with the button', async () => {
  when('post /api/login/{request}/register', { refuse: { code: 'registration_closed' } })
  const { user } = openLogin(answerOf('register'))
  await user.click(submit())
  await screen.findByText(t('errors:registration_closed'))
})

test('a text of the terms that is another one meanwhile is fetched, to be read', async () => {
  when('post /api/login/{request}/register', {
    refuse: { code: 'invalid_input', fields: { accepted: ['invalid'] } },
  })
  const changed = { version: '2', terms: 'https://acme.test/terms/2', privacy: null }
  when('get /api/login/{request}', answerOf('register', { step: { terms: changed } }))
  const { user } = openLogin(answerOf('register'))
  await user.type(field('email'), 'nia@new.test')
  await user.click(submit())
  await screen.findByText(t('registration:accept.changed'))
  expect(terms().value).toBe('2')
  expect(field('email').value).toBe('nia@new.test')
})

test('what is typed of the person is no part of a good password', async () => {
  const { user } = openLogin(answerOf('register'))
  await user.type(password(), 'welcome to okoye land')
  const rule = screen.getByText(t('common:new_password.rules.context')).closest('li')!
  expect(rule.className).toBe('met')
  await user.type(field('familyName'), 'Okoye')
  expect(rule.className).toBe('')
})

test('who has an account goes to the sign-in', async () => {
  const restarted = when('post /api/login/{request}/restart', answerOf('identify'))
  const { user } = openLogin(answerOf('register'))
  await user.click(screen.getByRole('button', { name: t('registration:sign_in') }))
  await screen.findByRole('heading', { name: t('login:identify.heading') })
  expect(restarted).toEqual([{ fresh: false }])
})

test('the sign-in leads here with what was typed', async () => {
  const begun = when('post /api/login/{request}/registration', answerOf('register'))
  const { user } = openLogin(answerOf('identify'))
  await user.type(screen.getByRole('textbox'), ' nia@new.test ')
  await user.click(screen.getByRole('button', { name: t('login:identify.create') }))
  await screen.findByRole('heading', { name: t('registration:heading') })
  expect(begun).toEqual([{ identifier: 'nia@new.test' }])
})

test('where nobody may register nothing leads here', () => {
  openLogin(answerOf('identify', { step: { canRegister: false } }))
  expect(screen.queryByRole('button', { name: t('login:identify.create') })).toBeNull()
})

const challenge = (signature: string) => ({
  parameters: {
    algorithm: 'PBKDF2/SHA-256',
    cost: 1,
    keyLength: 32,
    keyPrefix: '0',
    nonce: '00',
    salt: '00',
    data: { place: 'req_1', until: 1 },
  },
  signature,
})
const solution = { counter: 7, derivedKey: '00' }

/** A worker whose work is done when the test says so. */
class PatientWorker extends EventTarget {
  static all: PatientWorker[] = []
  asked: unknown = null
  postMessage(asked: unknown) {
    this.asked = asked
    PatientWorker.all.push(this)
  }
  terminate() {}
  finish(data: unknown) {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}
beforeEach(() => {
  PatientWorker.all = []
  vi.stubGlobal('Worker', PatientWorker)
})
afterEach(() => vi.unstubAllGlobals())

test('proof of work begins by itself, says how far it is, and the form waits for it', async () => {
  const sent = when('post /api/login/{request}/register', answerOf('verify_email'))
  const { user } = openLogin(answerOf('register', { step: { challenge: challenge('one') } }))
  const progress = screen.getByText(t('registration:working'))
  expect(progress.getAttribute('role')).toBe('status')
  await user.click(submit())
  expect(sent).toEqual([])
  PatientWorker.all[0]!.finish(solution)
  await screen.findByRole('heading', { name: t('registration:code.heading') })
  expect(sent).toMatchObject([{ proof: { challenge: { signature: 'one' }, solution } }])
})

test('work that does not count any more is done anew, without a word', async () => {
  const sent = when(
    'post /api/login/{request}/register',
    { refuse: { code: 'proof_of_work_required' } },
    answerOf('verify_email'),
  )
  when('get /api/login/{request}', answerOf('register', { step: { challenge: challenge('two') } }))
  const { user } = openLogin(answerOf('register', { step: { challenge: challenge('one') } }))
  PatientWorker.all[0]!.finish(solution)
  await screen.findByText(t('registration:worked'))
  await user.click(submit())
  await waitFor(() => expect(PatientWorker.all).toHaveLength(2))
  PatientWorker.all[1]!.finish(solution)
  await screen.findByRole('heading', { name: t('registration:code.heading') })
  expect(sent.map(({ proof }) => proof?.challenge.signature)).toEqual(['one', 'two'])
})

test('where the work can not be done the page says so', async () => {
  when('post /api/login/{request}/register', { refuse: { code: 'proof_of_work_required' } })
  when('get /api/login/{request}', answerOf('register', { step: { challenge: challenge('two') } }))
  const { user } = openLogin(answerOf('register', { step: { challenge: challenge('one') } }))
  PatientWorker.all[0]!.finish(null)
  await user.click(submit())
  await waitFor(() => expect(PatientWorker.all).toHaveLength(2))
  PatientWorker.all[1]!.dispatchEvent(new Event('error'))
  await screen.findByText(t('errors:proof_of_work_required'))
})
