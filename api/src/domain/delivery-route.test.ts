import { expect, test } from 'vitest'
import { parseMailUrl, parseSender, parseSmsUrl } from './delivery-route.ts'

const smtp = { kind: 'smtp', host: 'mail.acme.test', port: 587, tls: 'required', login: null }

test.each([
  ['outbox:', { kind: 'outbox' }],
  ['smtp://mail.acme.test', smtp],
  ['smtp://mail.acme.test:2525/', { ...smtp, port: 2525 }],
  ['smtp://user:p%40ss%3Aword@mail.acme.test', { ...smtp, login: { user: 'user', password: 'p@ss:word' } }],
  ['smtps://mail.acme.test', { ...smtp, port: 465, tls: 'implicit' }],
  ['smtp://localhost:1025', { ...smtp, host: 'localhost', port: 1025, tls: 'none' }],
  ['smtp://[::1]:1025', { ...smtp, host: '::1', port: 1025, tls: 'none' }],
  ['resend:re_123456789', { kind: 'resend', apiKey: 're_123456789' }],
  ['resend://re_123456789@', { kind: 'resend', apiKey: 're_123456789' }],
  [
    'webhook+https://0123456789abcdef@hooks.acme.test/mail?x=1',
    { kind: 'webhook', url: 'https://hooks.acme.test/mail?x=1', secret: '0123456789abcdef' },
  ],
  [
    'webhook+http://0123456789abcdef@localhost:4000/',
    { kind: 'webhook', url: 'http://localhost:4000/', secret: '0123456789abcdef' },
  ],
])('MAIL_URL=%s', (text, route) => {
  expect(parseMailUrl(text)).toEqual(route)
})

test.each([
  '',
  'mail.acme.test',
  'http://mail.acme.test',
  'smtp://',
  'smtp://user@mail.acme.test',
  'smtp://mail.acme.test/path',
  'smtp://mail.acme.test?tls=none',
  'smtp://us%ZZer:pw@mail.acme.test',
  'resend:',
  'webhook+https://hooks.acme.test/',
  'webhook+https://short@hooks.acme.test/',
  'webhook+http://0123456789abcdef@hooks.acme.test/',
  'webhook+ftp://0123456789abcdef@hooks.acme.test/',
  'twilio://AC1:token@?from=%2B15551234567',
])('MAIL_URL=%s is not understood', (text) => {
  expect(parseMailUrl(text)).toBeNull()
})

const twilio = { kind: 'twilio', accountSid: 'AC1', authToken: 'token', from: '+15551234567' }

test.each([
  ['twilio://AC1:token@?from=%2B15551234567', twilio],
  ['twilio://AC1:token@/?from=+15551234567', twilio],
  ['twilio://AC1:token@?from=MG99', { ...twilio, from: 'MG99' }],
  ['twilio://AC1:token@?from=Acme%20Login', { ...twilio, from: 'Acme Login' }],
  ['outbox:', { kind: 'outbox' }],
])('SMS_URL=%s', (text, route) => {
  expect(parseSmsUrl(text)).toEqual(route)
})

test.each([
  '',
  'twilio://AC1:token@',
  'twilio://XX1:token@?from=MG9',
  'twilio://AC1:token@?from=<b>',
  'smtp://mail.acme.test',
])('SMS_URL=%s is not understood', (text) => {
  expect(parseSmsUrl(text)).toBeNull()
})

test.each([
  ['no-reply@acme.test', { name: '', address: 'no-reply@acme.test' }],
  ['<no-reply@acme.test>', { name: '', address: 'no-reply@acme.test' }],
  ['Acme & Söhne <no-reply@acme.test>', { name: 'Acme & Söhne', address: 'no-reply@acme.test' }],
])('MAIL_FROM=%s', (text, sender) => {
  expect(parseSender(text)).toEqual(sender)
})

test.each([
  '',
  'Acme',
  'Acme <x>',
  'a@x.test, b@x.test',
  'Acme\r\nBcc: x <a@x.test>',
  '"Acme" <a@x.test>',
  'A <a@x.test> B',
])('MAIL_FROM=%j is no sender', (text) => {
  expect(parseSender(text)).toBeNull()
})
