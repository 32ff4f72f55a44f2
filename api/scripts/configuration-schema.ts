import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configurationJsonSchema } from '@vestibule/shared/configuration.ts'

/** Writes the published JSON Schema anew: `node api/scripts/configuration-schema.ts`, after a change of the schema. */
const root = new URL('../../', import.meta.url)
const file = fileURLToPath(new URL('shared/configuration.schema.json', root))
writeFileSync(file, JSON.stringify(configurationJsonSchema(), null, 2))
const biome = fileURLToPath(new URL('node_modules/@biomejs/biome/bin/biome', root))
execFileSync(process.execPath, [biome, 'format', '--write', file], { cwd: root, stdio: 'inherit' })
