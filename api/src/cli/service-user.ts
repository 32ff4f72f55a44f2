import type { Deps, Executor } from '../deps.ts'
import { Problem } from '../domain/problem.ts'
import { findServiceUser } from '../use-cases/service-users/find-service-user.ts'
import { addKey, keyFileOf } from '../use-cases/service-users/machine-keys.ts'
import { createPersonalToken } from '../use-cases/service-users/personal-tokens.ts'
import { renewSecret, type ServiceUser } from '../use-cases/service-users/service-user.ts'
import { type ExitCode, Refused, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

const DAY = 86_400_000
const MOST_DAYS = 3_650
/** What a token made here opens unless something else is said: user info. */
const USUAL_SCOPES = 'openid'

/** A new key as the file that its program is given, on standard output alone, so that it can be sent into a file. */
export async function key(terminal: Terminal, name: string, days: string | undefined): Promise<ExitCode> {
  const expiresAt = endOf(terminal, days)
  const file = await withDeps(terminal, async (deps) => {
    const { publicJwk, privateKey } = await deps.newMachineKey()
    const made = await act(deps, name, async (tx, user) => ({
      user,
      id: await addKey(deps, tx, user, { publicJwk, expiresAt }),
    }))
    return keyFileOf(made.id, privateKey, made.user)
  })
  say(terminal.stdout, JSON.stringify(file))
  return 0
}

export async function secret(terminal: Terminal, name: string): Promise<ExitCode> {
  const made = await withDeps(terminal, (deps) => act(deps, name, (tx, user) => renewSecret(deps, tx, user)))
  say(terminal.stdout, made)
  return 0
}

type TokenOptions = { days: string | undefined; scope: string | undefined }

export async function token(terminal: Terminal, name: string, { days, scope }: TokenOptions): Promise<ExitCode> {
  const expiresAt = endOf(terminal, days ?? '90') ?? 0
  const scopes = (scope ?? USUAL_SCOPES).split(' ').filter(Boolean)
  const made = await withDeps(terminal, (deps) =>
    act(deps, name, (tx, user) => createPersonalToken(deps, tx, user, { name: 'command line', scopes, expiresAt })),
  )
  say(terminal.stdout, made.token)
  return 0
}

/** Milliseconds since 1970; null for no end. */
function endOf({ clock }: Terminal, days: string | undefined): number | null {
  if (days === undefined) return null
  if (!/^[1-9]\d{0,3}$/.test(days) || Number(days) > MOST_DAYS) throw new Refused(`--days is 1 to ${MOST_DAYS}.`)
  return clock.now() + Number(days) * DAY
}

async function act<T>(deps: Deps, name: string, work: (tx: Executor, user: ServiceUser) => Promise<T>): Promise<T> {
  try {
    return await deps.db.transaction(async (tx) => {
      const user = await findServiceUser(deps, tx, name)
      if (!user) throw new Refused(`no active service user is called ${name}.`)
      return work(tx, user)
    })
  } catch (error) {
    if (error instanceof Problem && error.code === 'too_many')
      throw new Refused(`${name} has as many as it may have: delete one first.`)
    throw error
  }
}
