import { type Configuration, configurationSchema } from '@vestibule/shared/configuration.ts'
import { BadConfiguration, type Fault, pathOf } from './fault.ts'
import { parseJson } from './parse-json.ts'

/** The text of a file, checked as far as it can be without knowing the instance. @throws BadConfiguration with every fault. */
export function readConfiguration(text: string): Configuration {
  const parsed = configurationSchema.safeParse(parseJson(text))
  if (!parsed.success) throw new BadConfiguration(onePerPlace(parsed.error.issues.flatMap(explain)))
  const faults = unstorable(parsed.data, [])
  if (faults.length > 0) throw new BadConfiguration(faults)
  return parsed.data
}

/** What is wrong in several ways is said once. */
const onePerPlace = (faults: readonly Fault[]): Fault[] =>
  [...Map.groupBy(faults, ({ path }) => path).values()].map(([first]) => first!)

type Issue = NonNullable<ReturnType<typeof configurationSchema.safeParse>['error']>['issues'][number]

/** No sentence repeats what was found: it may be a password in the wrong place. */
function explain(issue: Issue): Fault[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: pathOf([...path, key]), message: 'is not known here.' }))
  return [{ path: pathOf(path), message: sentence(issue) }]
}

function sentence(issue: Issue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is missing.'
  const message = issue.message.replace(/^Invalid input: /, '')
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}.`
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair; other control characters but the end of a line are nobody's name. */
const UNSTORABLE = /[^\P{Cc}\n]|\p{Cs}/u

function unstorable(value: unknown, path: PropertyKey[]): Fault[] {
  if (typeof value === 'string')
    return UNSTORABLE.test(value) ? [{ path: pathOf(path), message: 'must not hold control characters.' }] : []
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((member, index) => unstorable(member, [...path, index]))
  return Object.entries(value).flatMap(([name, member]) => unstorable(member, [...path, name]))
}
