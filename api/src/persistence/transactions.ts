import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database, Executor } from './database.ts'

type Scope = { tx: Executor; open: boolean; failed: boolean }
export type Begin = <T>(run: (tx: Executor) => Promise<T>) => Promise<T>

/** Knows whether the code that runs now was called from inside a transaction, however deep. */
export function transactionScopes() {
  const scopes = new AsyncLocalStorage<Scope>()
  const current = () => (scopes.getStore()?.open ? scopes.getStore() : undefined)
  return {
    current,
    // awaited inside: `work` may return a query, which runs only when something awaits it
    enter: <T>(scope: Scope, work: () => Promise<T>) => scopes.run(scope, async () => await work()),
    mustBeOutside() {
      if (current()) throw new Error('this runs inside a transaction: use its tx, not query')
    },
    mustBeInside() {
      if (!current()) throw new Error('this transaction is over: something inside it was not awaited')
    },
  }
}

/** What the databases have in common: guarded executors, and a nested transaction that joins the outer one. */
export function withTransactions(
  outside: Executor,
  begin: Begin,
  scopes = transactionScopes(),
): Pick<Database, 'query' | 'transaction'> {
  return {
    query: guarded(outside, scopes.mustBeOutside),
    async transaction(work) {
      const outer = scopes.current()
      if (outer) {
        return work(outer.tx).catch((error: unknown) => {
          outer.failed = true
          throw error
        })
      }
      return begin(async (raw) => {
        const scope: Scope = { open: true, failed: false, tx: guarded(raw, scopes.mustBeInside) }
        try {
          const result = await scopes.enter(scope, () => work(scope.tx))
          if (scope.failed) throw new Error('a nested transaction failed, so the outer one does not commit')
          return result
        } finally {
          scope.open = false
        }
      })
    },
  }
}

/** The same executor, with a question asked before each statement is built. */
function guarded(executor: Executor, check: () => void): Executor {
  const guard = <Key extends keyof Executor>(key: Key) =>
    ((...args: unknown[]) => {
      check()
      return (executor[key] as (...args: unknown[]) => unknown).apply(executor, args)
    }) as Executor[Key]
  return { select: guard('select'), insert: guard('insert'), update: guard('update'), delete: guard('delete') }
}
