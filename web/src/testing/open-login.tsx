import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import i18next from 'i18next'
import { vi } from 'vitest'
import { startTexts, type Texts } from '../i18n.ts'
import type { Leave } from '../leave.ts'
import { LoginPage } from '../login/login-page.tsx'
import type { LoginFixture } from './fixtures.ts'
import { stringsOf, TEST_LANGUAGE } from './texts.ts'

export const t = i18next.t as unknown as Texts

/** Opens a page of the login entry as the server would have written it. `leave` records where the browser was sent. */
export function openLogin(fixture: LoginFixture | LoginAnswer) {
  startTexts(TEST_LANGUAGE, stringsOf())
  const page = 'step' in fixture ? { kind: 'login' as const, answer: fixture, branding: fixture.branding } : fixture
  const leave = vi.fn<Leave>()
  const user = userEvent.setup()
  render(<LoginPage page={{ ...page, language: TEST_LANGUAGE, strings: stringsOf() }} leave={leave} />)
  return { user, leave }
}
