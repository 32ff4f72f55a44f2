import { type Import, importsOf, isTest, type Sources } from './source.ts'

/** A part of the house and what it may import besides itself. */
export type Room = {
  /** A folder or a file. Of several rooms the longest path counts. */
  path: string
  /** Paths it may import. */
  may: readonly string[]
  /** Paths of which it may import types. */
  types?: readonly string[]
  /** Packages it may import, `node:` for those of Node; absent: any. */
  packages?: readonly string[]
  /** Why, for whoever meets the message. */
  because: string
}

const PORTS = 'it implements types of the domain and of deps.ts, and reaches the use-cases only as deps'
// tokens, codes, their pictures, ranges and public keys are pure functions of their arguments, and every layer names them
const PURE = ['token', 'one-time-code', 'totp', 'qr-code', 'breach-range', 'public-key'].map(
  (name) => `api/src/crypto/${name}.ts`,
)
const BELOW = ['shared/src', 'api/src/domain', 'api/src/deps.ts', ...PURE]
const composer = (name: string): Room => ({
  path: `api/src/${name}.ts`,
  may: ['shared/src', 'locales', 'api/src'],
  because: 'it puts the house together',
})
const port = (path: string, ...may: string[]): Room => ({ path, may: [...BELOW, ...may], because: PORTS })

/** Who may import whom: shared <- domain <- use-cases <- http/routes <- app <- main. */
const ROOMS: readonly Room[] = [
  {
    path: 'shared/src',
    may: [],
    types: ['shared/src/contract'],
    packages: ['zod'],
    because: 'browsers load it, and they must not load the contract',
  },
  {
    path: 'shared/src/contract',
    may: ['shared/src'],
    packages: ['zod', '@hono/zod-openapi'],
    because: 'the contract is what browser and server agree on, and nothing else',
  },
  { path: 'locales', may: ['shared/src'], packages: ['node:'], because: 'it holds texts' },

  {
    path: 'api/src/domain',
    may: ['shared/src'],
    // node:module loads the second of them when it is needed, and does nothing else; node:url reads names of domains
    packages: ['uuid', 'libphonenumber-js', 'node:module', 'node:url'],
    because: 'the domain is pure',
  },
  {
    path: 'api/src/deps.ts',
    may: [],
    types: ['shared/src', 'api/src'],
    because: 'it only names what the use-cases are given',
  },
  {
    path: 'api/src/use-cases',
    may: BELOW,
    types: ['api/src/settings.ts'],
    packages: ['bowser', '@zxcvbn-ts/language-common'],
    because: 'a use-case gets the outside world as deps, and the domain or deps.ts name its types',
  },
  port('api/src/persistence', 'api/src/queue.ts'),
  port('api/src/crypto', 'api/src/queue.ts'),
  port('api/src/pictures', 'api/src/queue.ts'),
  { ...port('api/src/outbox', 'locales'), types: ['api/src/outbound'] },
  port('api/src/outbound'),
  port('api/src/identity-providers'),
  {
    path: 'api/src/oidc',
    may: [...BELOW, 'api/src/use-cases'],
    types: ['api/src/settings.ts'],
    because: 'it is the protocol only',
  },
  {
    path: 'api/src/http',
    may: [...BELOW, 'api/src/use-cases', 'api/src/oidc', 'locales'],
    types: ['api/src/settings.ts', 'api/src/metrics.ts'],
    because: 'a route calls a use-case and knows nothing below it',
  },
  {
    path: 'api/src/jobs',
    may: [...BELOW, 'api/src/use-cases'],
    because: 'a job calls a use-case and knows nothing below it',
  },
  {
    path: 'api/src/settings.ts',
    may: ['shared/src', 'api/src/domain'],
    packages: ['zod'],
    because: 'it reads what it is given',
  },
  { path: 'api/src/queue.ts', may: ['api/src/domain'], because: 'it only keeps order' },
  { path: 'api/src/tallies.ts', may: ['api/src/domain'], because: 'it only counts' },
  { path: 'api/src/shared-rows.ts', may: ['api/src/domain'], because: 'it only remembers' },
  { path: 'api/src/log.ts', may: [], types: ['api/src/settings.ts'], because: 'it only writes' },
  {
    path: 'api/src/metrics-exposition.ts',
    may: ['api/src/metrics.ts', 'api/src/tallies.ts'],
    because: 'it only writes out what was counted',
  },
  {
    path: 'api/src/metrics.ts',
    may: ['api/src/metrics-exposition.ts'],
    types: ['api/src/tallies.ts', 'api/src/domain'],
    because: 'it only counts',
  },
  ...['adapters', 'announce', 'app', 'cli', 'environment', 'give-back-memory', 'main', 'quick-resolve', 'start'].map(
    composer,
  ),
  { ...composer('cli'), path: 'api/src/cli' },

  {
    path: 'web',
    may: ['shared/src', 'locales'],
    types: ['shared/src/contract'],
    because: 'the browser knows the contract, and of it only the types',
  },
  { path: 'tests', may: ['shared/src', 'locales', 'scripts'], because: 'these tests speak HTTP only' },
  { path: 'examples/relying-party', may: [], because: 'it is an application like anybody’s' },
  { path: 'scripts', may: [], because: 'they run before anything else works' },
]

/** One sentence for each import that goes through a wall. */
export function wallsCrossed(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    const room = roomOf(file)
    if (!room)
      return isTest(file) ? [] : [`${file} is in no room: its folder needs a line in scripts/architecture/rooms.ts`]
    const crossing = importsOf(file, text).filter(
      (one) => !(isTest(file) ? isAllowedInTests(one) : isAllowed(room, one)),
    )
    return crossing.map(({ line, target }) => `${file}:${line} may not import ${target}: ${room.because}`)
  })
}

const isWithin = (path: string, room: string) => path === room || path.startsWith(`${room}/`)
const closest = <Place extends { path: string }>(places: readonly Place[], path: string) =>
  places.filter((place) => isWithin(path, place.path)).sort((a, b) => b.path.length - a.path.length)[0]

const roomOf = (file: string) => closest(ROOMS, file)

function isAllowed(room: Room, { target, isPackage, isType }: Import): boolean {
  if (isPackage)
    return (
      !room.packages || room.packages.some((name) => name === target || (name === 'node:' && target.startsWith(name)))
    )
  if (isTest(target)) return false
  const all = [room.path, ...room.may].map((path) => ({ path, typesOnly: false }))
  const place = closest([...all, ...(room.types ?? []).map((path) => ({ path, typesOnly: true }))], target)
  return place !== undefined && (isType || !place.typesOnly)
}

/** Tests look into everything of their own package, and into nothing of another but what all share. */
function isAllowedInTests({ from, target, isPackage }: Import): boolean {
  const [home = ''] = from.split('/')
  return isPackage || [home, 'shared', 'locales', 'scripts'].some((folder) => isWithin(target, folder))
}
