import type { Deps, Executor } from '../../deps.ts'

/** Two processes must not both find that something is missing, or free: the row is locked until the end of the transaction. */
export async function oneAtATime({ repositories, clock }: Deps, tx: Executor): Promise<void> {
  const now = clock.now()
  await repositories.leases.take(tx, { name: 'configuration', holder: 'configuration', now, expiresAt: now })
}
