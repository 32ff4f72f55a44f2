import { expect, test, vi } from 'vitest'
import { leave } from './leave.ts'

test('a form response is posted as it was answered', () => {
  const posted: HTMLFormElement[] = []
  const submit = vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
    posted.push(this)
  })
  leave({ to: 'https://ledger.test/callback', form: { code: 'abc', state: '"><b>', submit: 'x' } })
  submit.mockRestore()
  const [form] = posted
  expect(form?.isConnected).toBe(true)
  expect(form).toMatchObject({ method: 'post', action: 'https://ledger.test/callback' })
  expect(Object.fromEntries(new FormData(form))).toEqual({ code: 'abc', state: '"><b>', submit: 'x' })
})
