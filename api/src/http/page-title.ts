import type { Page } from '@vestibule/shared/page.ts'

type Texts = Record<string, Record<string, { heading?: string }> | undefined>

/** The title that stands before any script has run; the page keeps it up to date afterwards. */
export function titleOf(page: Page): string {
  const texts = page.strings as Texts
  const heading = (namespace: string, section: string) => texts[namespace]?.[section]?.heading
  const named = (title: string | undefined, application: string | undefined) =>
    [title ?? page.branding.name, application ?? page.branding.name]
      .filter((part, at, all) => all.indexOf(part) === at)
      .join(' - ')
  switch (page.kind) {
    case 'login':
      return named(heading('login', SECTIONS[page.answer.step.kind] ?? ''), page.answer.application?.name)
    case 'sign_out':
      return named(heading('login', 'sign_out'), undefined)
    case 'signed_out':
      return named(heading('login', 'signed_out'), undefined)
    case 'error':
      return named(heading('login', 'error'), undefined)
    case 'app':
      return page.branding.name
  }
}

/** The part of the login texts that belongs to a step. */
const SECTIONS: Record<string, string> = {
  identify: 'identify',
  first_factor: 'password',
  select_account: 'picker',
  consent: 'consent',
  complete: 'leaving',
  redirect: 'leaving',
}
