import { expect, test, vi } from 'vitest'
import { ProblemAnswer } from '../problem-answer.ts'
import { when } from '../testing/server.ts'
import { doing, type Go } from './signed-in.ts'
import { keepTyped, takeTyped } from './typed.ts'

const typed = { form: 'name', values: { nickname: 'Countess', password: 'secret', code: '123456' } }
const refused = (code: ProblemAnswer['code']) => Promise.reject(new ProblemAnswer({ code }))

test('for a proof that is too old one leaves with what was typed, and comes back to the same room', async () => {
  const asked = when('post /api/me/step-up', { redirect: '/login/req_1' })
  const leave = vi.fn<Go>()
  void doing(refused('reauth_required'), { account: 'usr_ada', page: 'profile', leave, typed })
  await vi.waitFor(() => expect(leave).toHaveBeenCalledWith('/login/req_1'))
  expect(asked).toEqual([{ returnTo: 'profile' }])
  expect(takeTyped('usr_ada', 'name')).toEqual({ nickname: 'Countess' })
})

test('for a session that has ended one signs in again, at the same address', async () => {
  const leave = vi.fn<Go>()
  void doing(refused('unauthenticated'), { account: 'usr_ada', page: 'profile', leave, typed })
  await vi.waitFor(() => expect(leave).toHaveBeenCalledWith('/account/profile'))
  expect(takeTyped('usr_ada', 'name')).not.toBeNull()
})

test('whatever else is refused is the caller’s affair, and nothing is kept', async () => {
  const leave = vi.fn<Go>()
  const work = doing(refused('invalid_input'), { account: 'usr_ada', page: 'profile', leave, typed })
  await expect(work).rejects.toMatchObject({ code: 'invalid_input' })
  expect(leave).not.toHaveBeenCalled()
  expect(takeTyped('usr_ada', 'name')).toBeNull()
})

test('no password and no code is ever kept', () => {
  const secret = 'analytical engine 1843'
  const values = { password: secret, newPassword: secret, currentPassword: secret, code: secret }
  keepTyped('usr_ada', { form: 'f', values })
  expect(sessionStorage.getItem('vestibule.typed')).not.toContain(secret)
  expect(takeTyped('usr_ada', 'f')).toEqual({})
})

test('what was typed is given back once, to its own form, and to nobody else', () => {
  keepTyped('usr_ada', typed)
  expect(takeTyped('usr_ada', 'another form')).toBeNull()
  expect(takeTyped('usr_ben', 'name')).toBeNull()
  expect(takeTyped('usr_ada', 'name')).toBeNull()
  keepTyped('usr_ada', typed)
  expect(takeTyped('usr_ada', 'name')).toEqual({ nickname: 'Countess' })
  expect(takeTyped('usr_ada', 'name')).toBeNull()
})
