import type { Executor } from './database.ts'

type Guard = {
  /** Asked when a query is built, and again when it runs: it may be built in one place and awaited in another. Throws. */
  check: () => void
  /** Says what a failure means. Throws. */
  explain: (error: unknown) => never
}

/** The same executor under a guard. */
export function guarded(executor: Executor, guard: Guard): Executor {
  const start = <Key extends keyof Executor>(key: Key) =>
    ((...args: unknown[]) => {
      guard.check()
      return watched((executor[key] as (...args: unknown[]) => object).apply(executor, args), guard)
    }) as Executor[Key]
  return { select: start('select'), insert: start('insert'), update: start('update'), delete: start('delete') }
}

/** A query runs when something awaits it, however it was chained until then. */
function watched<Builder extends object>(builder: Builder, guard: Guard): Builder {
  const settle = (key: 'then' | 'catch' | 'finally', args: unknown[]) => {
    const answer = run(builder as unknown as PromiseLike<unknown>, guard)
    return (answer[key] as (...args: unknown[]) => unknown).apply(answer, args)
  }
  return new Proxy(builder, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      if (typeof member !== 'function') return member
      if (key === 'then' || key === 'catch' || key === 'finally') return (...args: unknown[]) => settle(key, args)
      return (...args: unknown[]) => {
        const result: unknown = member.apply(target, args)
        return isAwaitable(result) ? watched(result, guard) : result
      }
    },
  })
}

async function run(query: PromiseLike<unknown>, { check, explain }: Guard): Promise<unknown> {
  check()
  try {
    return await query
  } catch (error) {
    return explain(error)
  }
}

const isAwaitable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value
