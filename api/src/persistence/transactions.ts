import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database, Ending, Executor } from './database.ts'
import { guarded } from './guarded-executor.ts'

type Scope = { tx: Executor; open: boolean; failed: boolean; afterwards: (() => void)[] }
export type Begin = <T>(run: (tx: Executor) => Promise<T>, ending: Ending) => Promise<T>

/** Knows whether the code that runs now was called from inside a transaction, however deep. */
export function transactionScopes() {
  const scopes = new AsyncLocalStorage<Scope>()
  const current = () => (scopes.getStore()?.open ? scopes.getStore() : undefined)
  return {
    current,
    // `work` may return a query, which runs only when something asks for its outcome: here, not later
    enter: <T>(scope: Scope, work: () => Promise<T>) => scopes.run(scope, () => Promise.resolve(work())),
    mustBeOutside() {
      if (current()) throw new Error('this runs inside a transaction: use its tx, not query')
    },
    mustBeInside() {
      if (!current()) throw new Error('this transaction is over: something inside it was not awaited')
    },
  }
}

type Common = {
  outside: Executor
  begin: Begin
  scopes: ReturnType<typeof transactionScopes>
  /** Throws what the failure of a query means. */
  explain: (error: unknown) => never
}

/** What the databases have in common: guarded executors, and a nested transaction that joins the outer one. */
export function withTransactions({
  outside,
  begin,
  scopes,
  explain,
}: Common): Pick<Database, 'query' | 'transaction' | 'afterCommit'> {
  return {
    query: guarded(outside, { check: scopes.mustBeOutside, explain }),
    async transaction(work, ending = {}) {
      const outer = scopes.current()
      if (outer) {
        try {
          return await work(outer.tx)
        } catch (error) {
          outer.failed = true
          throw error
        }
      }
      let afterwards: Scope['afterwards'] = []
      const result = await begin(async (raw) => {
        // it may run again, and only what the run that commits asked for counts
        afterwards = []
        const tx = guarded(raw, { check: scopes.mustBeInside, explain })
        const scope: Scope = { open: true, failed: false, tx, afterwards }
        try {
          const result = await scopes.enter(scope, () => work(scope.tx))
          if (scope.failed) throw new Error('a nested transaction failed, so the outer one does not commit')
          return result
        } finally {
          scope.open = false
        }
      }, ending)
      for (const work of afterwards) work()
      return result
    },
    afterCommit(work) {
      scopes.mustBeInside()
      scopes.current()!.afterwards.push(work)
    },
  }
}
