import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { loadEveryScreen } from '../login/lazy-screens.ts'
import { server } from './server.ts'

// jsdom has no layout
globalThis.scrollTo = () => {}

// what is waited for always comes; on a busy machine it comes late
configure({ asyncUtilTimeout: 20_000 })

beforeAll(loadEveryScreen)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => {
  cleanup()
  server.resetHandlers()
  history.replaceState(null, '', '/')
  document.title = ''
  sessionStorage.clear()
})
afterAll(() => server.close())
