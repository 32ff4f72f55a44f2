/** What somebody typed into one form, by the names of its fields. */
export type Typed = { form: string; values: Record<string, string> }

const KEY = 'vestibule.typed'
/** What opens something is typed anew, whoever forgot to leave it out. */
const SECRETS: ReadonlySet<string> = new Set(['password', 'currentPassword', 'newPassword', 'code'])

/** Keeps what was typed in this tab while its owner shows once more that it is them. Never passwords and codes. */
export function keepTyped(account: string, { form, values }: Typed) {
  const harmless = Object.entries(values).filter(([name]) => !SECRETS.has(name))
  sessionStorage.setItem(KEY, JSON.stringify({ account, form, values: Object.fromEntries(harmless) }))
}

/** What was kept for this form of this account, once: null when there is nothing, or it was somebody else's. */
export function takeTyped(account: string, form: string): Typed['values'] | null {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as (Typed & { account: string }) | null
  if (kept?.form !== form) return null
  sessionStorage.removeItem(KEY)
  return kept.account === account ? kept.values : null
}
