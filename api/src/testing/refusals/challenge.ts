import { change } from '../change.ts'
import { addGame, CHALLENGE, createGame } from '../native-client.ts'
import { postForm } from '../relying-party.ts'
import type { Scene } from '../scene.ts'
import { WRONG_PARAMETERS } from './authorization.ts'
import type { Refusal } from './refusal.ts'

type Game = Awaited<ReturnType<typeof createGame>>
const games = (send: (game: Game, scene: Scene) => Promise<{ response: Response }>) => async (scene: Scene) => {
  await addGame(scene.world)
  return (await send(await createGame(scene.world), scene)).response
}
const begins = (form: Record<string, string>, headers = {}) => games((game) => game.begin(form, headers))

export const CHALLENGES: Refusal[] = [
  ['challenge', 'form', 'not_allowed', ({ world }) => postForm(world, `${CHALLENGE}?x=1`, '')],
  ['challenge', 'client', 'unknown', ({ world }) => postForm(world, CHALLENGE, { client_id: 'game' })],
  [
    'challenge',
    'first_party',
    'not_allowed',
    games(async (game, { world }) => {
      const row = await world.deps.repositories.applications.findActiveByClientId('game')
      await change(world, 'applications', row!.id, { settings: { ...row!.settings, firstParty: false } })
      return game.begin()
    }),
  ],
  ['challenge', 'dpop_proof', 'malformed', begins({}, { dpop: 'x' })],
  ['challenge', 'auth_session', 'unknown', games((game) => game.send({ auth_session: 'x' }))],
  ['challenge', 'redirect_uri', 'mismatch', begins({ redirect_uri: 'com.evil:/cb' })],
  ...WRONG_PARAMETERS.map(([check, reason, wrong]): Refusal => ['challenge', check, reason, begins(wrong)]),
  ['challenge', 'dpop_binding', 'mismatch', begins({ dpop_jkt: 'a'.repeat(43) })],
  ['challenge', 'session', 'interaction', begins({ prompt: 'none' })],
]
