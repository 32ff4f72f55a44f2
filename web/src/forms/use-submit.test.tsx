import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Component, type ReactNode, startTransition, useState } from 'react'
import { expect, test, vi } from 'vitest'
import { missing, type ProblemAnswer } from '../problem-answer.ts'
import { useSubmit } from './use-submit.ts'

type Send = (form: FormData) => Promise<ProblemAnswer | null>

/** A form with one field, and something beside it that React may do later. */
function Page({ send }: { send: Send }) {
  const [later, setLater] = useState('not yet')
  const { problem, pending, onSubmit } = useSubmit(send)
  return (
    <>
      <form onSubmit={onSubmit}>
        <input name="name" aria-label="name" aria-invalid={problem !== null} />
        <button type="submit" aria-busy={pending}>
          send
        </button>
      </form>
      <button type="button" onClick={() => startTransition(() => setLater('done'))}>
        later
      </button>
      <output>{later}</output>
    </>
  )
}

class Boundary extends Component<{ children: ReactNode }> {
  override state = { bug: '' }
  static getDerivedStateFromError = (bug: Error) => ({ bug: bug.message })
  override render = () => (this.state.bug ? <p>{this.state.bug}</p> : this.props.children)
}

const button = () => screen.getByRole('button', { name: 'send' })
const type = async (send: Send) => {
  render(
    <Boundary>
      <Page send={send} />
    </Boundary>,
  )
  await userEvent.type(screen.getByLabelText('name'), 'Ada{Enter}')
}

test('sends what was typed, keeps it, and leads to what is wrong with it', async () => {
  const sent: unknown[] = []
  await type(async (form) => {
    sent.push(form.get('name'))
    return missing('name')
  })
  const field = screen.getByLabelText<HTMLInputElement>('name')
  expect(sent).toEqual(['Ada'])
  expect(field).toMatchObject({ value: 'Ada', ariaInvalid: 'true' })
  expect(document.activeElement).toBe(field)
  expect(button().ariaBusy).toBe('false')
})

test('is sent once at a time', async () => {
  const { promise, resolve } = Promise.withResolvers<null>()
  const send = vi.fn<Send>(() => promise)
  await type(send)
  await userEvent.click(button())
  expect(send).toHaveBeenCalledOnce()
  expect(button().ariaBusy).toBe('true')
  resolve(null)
  await vi.waitFor(() => expect(button().ariaBusy).toBe('false'))
  await userEvent.click(button())
  expect(send).toHaveBeenCalledTimes(2)
})

test('an answer that leads away, and so never comes, holds nothing up', async () => {
  await type(() => new Promise(() => undefined))
  await userEvent.click(screen.getByRole('button', { name: 'later' }))
  expect(screen.getByRole('status').textContent).toBe('done')
})

test('what is no problem is a bug, and is shown as one', async () => {
  const silent = vi.spyOn(console, 'error').mockReturnValue()
  await type(async () => {
    throw new Error('a bug')
  })
  expect(await screen.findByText('a bug')).toBeTruthy()
  silent.mockRestore()
})
