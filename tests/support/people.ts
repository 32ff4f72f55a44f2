/** Everybody's password. */
export const PASSWORD = 'four words make doors'

/** That of whoever has to choose by every rule. */
export const GUILD_PASSWORD = 'Four words make 2 doors!'

/** The secret of every confidential application: 256 bits in base64url. */
export const SECRET = 'ZnVsbC1lbnRyb3B5LXNlY3JldC1vZi10aGUtdGVzdHM'

/** The look of Kruste, a bakery. Acme has the default look. */
export const KRUSTE_LOOK = {
  brand: '#b5562b',
  layout: 'split',
  corners: 'round',
  font: 'serif',
  tagline: 'Bread for friends',
}

/** Somebody with an account: `username` and `email` are what they sign in with. */
export type Person = {
  organization: 'acme.test' | 'kruste.test' | 'guild.test' | 'meadow.test'
  givenName: string
  familyName: string
  name: string
  username: string
  email: string
  state: 'active' | 'locked'
  /** Confirmed. */
  phone?: string
}

function person(organization: Person['organization'], givenName: string, familyName: string): Person {
  const username = givenName.toLowerCase()
  return {
    organization,
    givenName,
    familyName,
    name: `${givenName} ${familyName}`,
    username,
    email: `${username}@${organization}`,
    state: 'active',
  }
}

export const ada = person('acme.test', 'Ada', 'Lovelace')
export const ben = person('acme.test', 'Ben', 'Nkosi')
export const cleo = person('acme.test', 'Cleo', 'Okafor')
/** Makes a link for another device. */
export const odin = person('acme.test', 'Odin', 'Kjær')
/** Has a browser that makes passkeys by itself. */
export const ulla = person('acme.test', 'Ulla', 'Grey')
/** Resets a password, and is offered a passkey. */
export const orla = person('acme.test', 'Orla', 'Quist')
/** Whoever ends their other sessions does it alone: the tests share a server. */
export const sol = person('acme.test', 'Sol', 'Ito')
export const uma = person('acme.test', 'Uma', 'Rao')
/** Locked by a manager. */
export const lena: Person = { ...person('acme.test', 'Lena', 'Lund'), state: 'locked' }
export const lutz: Person = { ...person('kruste.test', 'Lutz', 'Hefe'), state: 'locked' }
/** Consents are kept per person, so each test about them has its own. */
export const nora = person('acme.test', 'Nora', 'Novak')
export const omar = person('acme.test', 'Omar', 'Haddad')
export const pia = person('acme.test', 'Pia', 'Berg')
export const rosa = person('acme.test', 'Rosa', 'Marin')
export const theo = person('acme.test', 'Theo', 'Vance')
/** Chooses languages, which stay chosen. */
export const yuki = person('acme.test', 'Yuki', 'Tanaka')
/** Say things of themselves. */
export const iris = person('acme.test', 'Iris', 'Delacroix')
export const vera = person('acme.test', 'Vera', 'Holm')
/** Forget their passwords, each in a test of their own. */
export const forgetful = ['Rena', 'Rolf', 'Runa', 'Rita', 'Reza', 'Rico', 'Rhea', 'Remy', 'Ruth', 'Ravi'].map((name) =>
  person('acme.test', name, 'Oster'),
)
/** Have passwords that somebody else chose, and replace them at their first sign-in; the first of each organization never does. */
export const newHires = ['Mina', 'Milo', 'Maja', 'Moe'].map((name) => person('acme.test', name, 'Neuer'))
export const mats = person('kruste.test', 'Mats', 'Lehr')
/** Change theirs on the account pages. */
export const paula = person('acme.test', 'Paula', 'Reyes')
export const gero = person('guild.test', 'Gero', 'Zunft')
/** Have passkeys, each in a test of their own. */
export const keyHolders = [
  'Kai',
  'Kaja',
  'Keno',
  'Kira',
  'Koji',
  'Kurt',
  'Kaya',
  'Kemal',
  'Kim',
  'Kit',
  'Kian',
  'Kosma',
].map((name) => person('acme.test', name, 'Schloss'))
/** Set up second factors, each in a test of their own. */
export const doubles = ['Tess', 'Tim', 'Tara', 'Toni', 'Tilda', 'Timo', 'Thea'].map((name) =>
  person('acme.test', name, 'Kern'),
) as [Person, Person, Person, Person, Person, Person, Person]
/** Have security keys, each in a test of their own. */
export const keyBearers = ['Sina', 'Sami', 'Silke', 'Sota', 'Svea'].map((name) =>
  person('acme.test', name, 'Bund'),
) as [Person, Person, Person, Person, Person]
/** Trust browsers, each in a test of their own. */
export const trusting = ['Tove', 'Till', 'Tuva'].map((name) => person('acme.test', name, 'Treu')) as [
  Person,
  Person,
  Person,
]
/** Have second factors for a long time, each in a test of their own; the first has a phone. */
export const careful = ['Cora', 'Curt', 'Cilla', 'Cem', 'Caro'].map((name, at) => ({
  ...person('acme.test', name, 'Sorg'),
  ...(at === 0 ? { phone: '+4915112345678' } : {}),
})) as [Person, Person, Person, Person, Person]
/** Sign in where they never were, each in a test of their own. */
export const movers = ['Mara', 'Mehdi'].map((name) => person('acme.test', name, 'Umzug')) as [Person, Person]
/** Is offered a second factor, and never sets one up. */
export const mona = person('meadow.test', 'Mona', 'Wiese')
/** Has had the same password for too long, and never replaces it. */
export const olga = person('meadow.test', 'Olga', 'Halm')
/** Has to choose by every rule there is. */
export const gitta = person('guild.test', 'Gitta', 'Zunft')
/** Change their addresses. */
export const hugo = person('acme.test', 'Hugo', 'Sand')
export const otto = person('acme.test', 'Otto', 'Lang')
export const klara = person('kruste.test', 'Klara', 'Weiß')
export const moritz = person('kruste.test', 'Moritz', 'Brot')
/** Signs in at the address of their own organization. */
export const ludo = person('kruste.test', 'Ludo', 'Kern')
/** Go through every room of their accounts, each in a test of their own. */
export const residents = [
  'Pola',
  'Piet',
  'Pepe',
  'Paz',
  'Pim',
  'Puck',
  'Perla',
  'Penn',
  'Pavel',
  'Petra',
  'Philo',
  'Pax',
].map((name) => person('acme.test', name, 'Winter'))
/** Wishes to go, and never does. */
export const leaver = person('acme.test', 'Lea', 'Vogel')
/** Is locked out, for longer than a test takes. */
export const greta = person('kruste.test', 'Greta', 'Rahm')

export const PEOPLE: readonly Person[] = [
  ada,
  ben,
  cleo,
  sol,
  uma,
  lena,
  lutz,
  nora,
  omar,
  pia,
  rosa,
  theo,
  yuki,
  iris,
  hugo,
  otto,
  vera,
  ...forgetful,
  orla,
  ulla,
  odin,
  ...keyHolders,
  ...doubles,
  ...keyBearers,
  ...trusting,
  ...careful,
  ...movers,
  ...newHires,
  mats,
  paula,
  gero,
  gitta,
  mona,
  olga,
  klara,
  moritz,
  ludo,
  ...residents,
  leaver,
  greta,
]
