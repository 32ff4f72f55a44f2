import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../../../../', import.meta.url)

test('docs/login-steps.md says what the rules do', () => {
  const generator = fileURLToPath(new URL('api/scripts/login-steps.ts', root))
  const printed = execFileSync(process.execPath, [generator], { encoding: 'utf8' })
  const written = readFileSync(new URL('docs/login-steps.md', root), 'utf8')
  expect(written, 'write it anew: node api/scripts/login-steps.ts > docs/login-steps.md').toBe(printed)
})
