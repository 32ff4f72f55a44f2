import { expect, test } from 'vitest'
import { loginDomainIn, loginOrigin } from './login-domain.ts'

test.each([
  ['login.acme.example', 'https://login.example.com', 'https://login.acme.example'],
  ['login.acme.example', 'https://login.example.com:8443', 'https://login.acme.example:8443'],
  ['acme.localhost', 'http://localhost:3000', 'http://acme.localhost:3000'],
  ['acme.localhost', 'http://127.0.0.1:3000', 'http://acme.localhost:3000'],
  ['xn--bcher-kva.example', 'https://login.example.com', 'https://xn--bcher-kva.example'],
])('%s beside %s is %s', (domain, publicOrigin, expected) => {
  expect(loginOrigin(domain, publicOrigin)).toBe(expected)
})

test.each([
  ['login.example.com', 'https://login.example.com'],
  ['login.example.com', 'https://login.example.com:8443'],
  ['login.acme.example', 'http://localhost:3000'],
  ['10.0.0.1', 'https://login.example.com'],
  ['1.2', 'https://login.example.com'],
  ['0x7f.1', 'https://login.example.com'],
  ['[::1]', 'https://login.example.com'],
  ['127.0.0.1', 'http://localhost:3000'],
  ['Login.acme.example', 'https://login.example.com'],
  ['login.acme.example:8443', 'https://login.example.com'],
  ['login.acme.example:443', 'https://login.example.com'],
  ['login.acme.example/x', 'https://login.example.com'],
  ['a@login.acme.example', 'https://login.example.com'],
  ['', 'https://login.example.com'],
])('%s beside %s can be none', (domain, publicOrigin) => {
  expect(loginOrigin(domain, publicOrigin)).toBeNull()
})

test.each([
  ['https://login.example.com', 'login.acme.example', 'https://login.acme.example'],
  ['https://login.example.com:8443', 'login.acme.example:8443', 'https://login.acme.example:8443'],
  ['http://localhost:3000', 'acme.localhost:3000', 'http://acme.localhost:3000'],
])('beside %s the host %s is that of %s', (publicOrigin, host, origin) => {
  expect(loginDomainIn(host, publicOrigin)).toEqual({ domain: host.split(':')[0], origin })
})

test.each([
  ['https://login.example.com', 'login.acme.example:443'],
  ['https://login.example.com', 'login.acme.example:8443'],
  ['https://login.example.com', 'LOGIN.acme.example'],
  ['https://login.example.com', 'login.example.com'],
  ['https://login.example.com:8443', 'login.acme.example'],
  ['https://login.example.com:8443', 'login.acme.example:443'],
  ['http://localhost:3000', 'acme.localhost'],
  ['http://localhost:3000', 'acme.localhost:80:3000'],
  ['http://localhost:3000', ':3000'],
  ['http://localhost:3000', `${'a'.repeat(300)}.localhost:3000`],
])('beside %s the host %s is that of nobody', (publicOrigin, host) => {
  expect(loginDomainIn(host, publicOrigin)).toBeNull()
})
