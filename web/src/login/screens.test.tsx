import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { LOGIN_FIXTURES, type LoginFixtureName } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const names = Object.keys(LOGIN_FIXTURES) as LoginFixtureName[]

describe.each(names)('%s', (name) => {
  const open = () => {
    when('post /api/login/{request}/finish', { refuse: { code: 'internal' } })
    return openLogin(LOGIN_FIXTURES[name])
  }

  test('has one heading, which names the page in the title', () => {
    open()
    const heading = screen.getByRole('heading', { level: 1 })
    expect(heading.textContent).not.toBe('')
    expect(document.title).not.toBe('')
  })

  test('has one door: at most one primary button', () => {
    open()
    expect(document.querySelectorAll('.primary').length).toBeLessThanOrEqual(1)
  })

  test('takes every word from the catalogue', () => {
    open()
    expect(document.body.textContent).not.toMatch(/\b(common|login|registration|errors)[:.]\w|\{\{/)
  })

  test('has no way of styling by attribute, which the content security policy refuses in HTML', () => {
    open()
    expect(document.querySelectorAll('[style]')).toHaveLength(0)
  })

  test('leads to help, privacy and terms, and to the languages, each in itself', () => {
    open()
    const foot = within(screen.getByRole('contentinfo'))
    for (const link of ['help', 'privacy', 'terms'] as const) {
      expect(foot.getByRole('link', { name: `${t(`common:${link}`)} ${t('common:new_tab')}` })).toBeTruthy()
    }
    const select = screen.getByRole('combobox', { name: t('common:language') })
    expect(select.querySelector('[lang=ar]')?.textContent).toBe('العربية')
  })
})

test('a link that is not https is not drawn', () => {
  const { branding, ...page } = LOGIN_FIXTURES['signed out']
  const links = { help: 'javascript:alert(1)', privacy: 'http://acme.test/', terms: null }
  openLogin({ ...page, branding: { ...branding, links } })
  expect(document.querySelectorAll('.foot a')).toHaveLength(0)
})
