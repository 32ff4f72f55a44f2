import fs from 'node:fs'
import { runNode } from '../run-node.ts'
import { buildWeb } from '../web-build.ts'
import { findForeignLicences } from './licences.ts'
import { FAILED, PASSED, type Phase, sum } from './phase.ts'
import { tool } from './tool.ts'

/** What can be said of the code without running it; each counts as one, the types as one for each package. */
export const STATIC: Phase[] = [
  { name: 'format', run: () => tool('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings') },
  { name: 'lint', run: () => tool('node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
  { name: 'types', run: checkTypes },
  { name: 'dead-code', run: () => tool('node_modules/knip/bin/knip.js') },
  { name: 'migrations', run: () => tool('api/scripts/check-migrations.ts') },
  { name: 'licences', run: checkLicences },
  { name: 'web', run: async () => counted(await buildWeb()) },
  { name: 'budget', run: async () => counted(await runNode(['web/scripts/budget.ts'])) },
]

const counted = (exitCode: number) => (exitCode === 0 ? PASSED : FAILED)

async function checkTypes() {
  const configurations = fs.globSync('{*,examples/*}/tsconfig.json').sort()
  const all = []
  for (const file of configurations) all.push(await tool('node_modules/typescript/bin/tsc', '--project', file))
  return sum(all)
}

async function checkLicences() {
  const foreign = findForeignLicences()
  for (const { name, licence } of foreign) console.log(`${name}: its licence is ${licence}, which we do not ship`)
  return foreign.length === 0 ? PASSED : FAILED
}
