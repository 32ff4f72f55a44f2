import type { Page } from '@vestibule/shared/page.ts'
import { expect, test } from 'vitest'
import { pageData } from './page-data.ts'

const branding = { name: '</script><b>&\u2028', css: ':root{}', layout: 'card', mode: 'auto', tagline: null, links: {} }
const texts = { language: 'en', strings: { login: { a: '<i>' } }, branding }
const answer = { request: 'req_1', step: { kind: 'complete' }, reasons: [], account: null, application: null, branding }
const pages = [
  { ...texts, kind: 'login', answer },
  { ...texts, kind: 'error', error: { code: 'not_found', requestId: 'x', at: '</SCRIPT>' } },
  { ...texts, kind: 'app', account: 'usr_ann' },
] as unknown as Page[]

test.each(pages)('the data of a page of kind $kind is what was given, the first time and every other', (page) => {
  for (const pieces of [pageData(page), pageData(page)]) {
    const text = pieces.join('')
    expect(JSON.parse(text)).toEqual(page)
    expect(text).not.toMatch(/<|\u2028/)
  }
})
