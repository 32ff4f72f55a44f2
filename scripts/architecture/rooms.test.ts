import { describe, expect, test } from 'vitest'
import { wallsCrossed } from './rooms.ts'
import { readSources } from './source.ts'

test('nobody imports through a wall', () => {
  const sources = readSources(
    'shared/src',
    'locales',
    'api/src',
    'web/src',
    'tests',
    'examples/relying-party',
    'scripts',
  )
  expect(sources.size).toBeGreaterThan(100)
  expect(wallsCrossed(sources)).toEqual([])
})

const crossed = (file: string, text: string) => wallsCrossed(new Map([[file, text]]))

describe('each wall holds', () => {
  test.each([
    ['shared/src/policy.ts', "import { Hono } from 'hono'"],
    ['shared/src/policy.ts', "import { loginRoutes } from './contract/login.ts'"],
    ['shared/src/contract/login.ts', "import { readFileSync } from 'node:fs'"],
    ['api/src/domain/login/rules.ts', "import type { Context } from 'hono'"],
    ['api/src/domain/login/rules.ts', "import { sessions } from '../../persistence/tables.ts'"],
    ['api/src/deps.ts', "import { openSqlite } from './persistence/open-sqlite.ts'"],
    ['api/src/use-cases/login/identify.ts', "import type { Database } from '../../persistence/database.ts'"],
    ['api/src/use-cases/login/identify.ts', "import { hashPassword } from '../../crypto/password-hash.ts'"],
    ['api/src/use-cases/login/identify.ts', "import { sendMail } from '../../outbox/mail.ts'"],
    ['api/src/use-cases/login/identify.ts', "import { setCookie } from '../../http/cookies.ts'"],
    ['api/src/use-cases/login/identify.ts', "import { eq } from 'drizzle-orm'"],
    ['api/src/use-cases/login/identify.ts', "const { eq } = await import('drizzle-orm')"],
    ['api/src/persistence/open-sqlite.ts', "import { identify } from '../use-cases/login/identify.ts'"],
    ['api/src/persistence/open-sqlite.ts', "import { hash } from '../crypto/password-hash.ts'"],
    ['api/src/oidc/token.ts', "import { sessions } from '../persistence/tables.ts'"],
    ['api/src/http/routes/login.ts', "export * from '../../persistence/tables.ts'"],
    ['api/src/http/routes/login.ts', "import { createApp } from '../../app.ts'"],
    ['api/src/app.ts', "import { createWorld } from './testing/world.ts'"],
    ['api/src/utilities/text.ts', ''],
    ['web/src/call.ts', "import type { App } from '@vestibule/api/src/app.ts'"],
    ['web/src/call.ts', "import type { App } from '../../api/src/app.ts'"],
    ['web/src/call.ts', "import { loginRoutes } from '@vestibule/shared/contract/login.ts'"],
    ['web/src/call.ts', "import {\n  type A,\n  loginRoutes,\n} from '@vestibule/shared/contract/login.ts'"],
    ['web/src/call.test.ts', "import { createApp } from '../../api/src/app.ts'"],
    ['tests/specs/login.ts', "import { createApp } from '../../api/src/app.ts'"],
    ['tests/hostile/n001.test.ts', "import { LoginPage } from '@vestibule/web/src/login/login-page.tsx'"],
    ['examples/relying-party/main.ts', "import { issuer } from '../../api/src/settings.ts'"],
  ])('%s: %s', (file, text) => {
    expect(crossed(file, text)).toHaveLength(1)
  })
})

test.each([
  ['web/src/call.ts', "import { type A, type B } from '@vestibule/shared/contract/login.ts'"],
  ['web/src/call.ts', "import type { A } from '@vestibule/shared/contract/login.ts'"],
  ['api/src/use-cases/login/identify.ts', "import type { Deps } from '../../deps.ts'"],
  ['api/src/use-cases/login/identify.ts', "// import { eq } from 'drizzle-orm'"],
  ['api/src/domain/session.test.ts', "import { createWorld } from '../testing/world.ts'"],
])('%s is free to: %s', (file, text) => {
  expect(crossed(file, text)).toEqual([])
})

test('the message names the place, the import and the reason', () => {
  expect(crossed('api/src/domain/user.ts', "\nimport { Hono } from 'hono'")).toEqual([
    'api/src/domain/user.ts:2 may not import hono: the domain is pure',
  ])
})
