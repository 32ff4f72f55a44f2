import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import type { Page } from '@vestibule/shared/page.ts'

/** The title that stands before any script has run; the page keeps it up to date afterwards. */
export function titleOf(page: Page): string {
  const { strings, branding } = page
  const named = (section: string | undefined, application?: string) =>
    [headingOf(strings, section) ?? branding.name, application ?? branding.name]
      .filter((part, at, all) => all.indexOf(part) === at)
      .join(' - ')
  switch (page.kind) {
    case 'login':
      return named(sectionOf(page.answer.step), page.answer.application?.name)
    case 'signed_in':
      return named('login.signed_in')
    case 'verify':
      return named('registration.verify')
    case 'reset':
      return named('password.link')
    case 'device':
      return named(`device.${page.device.outcome ?? 'enter'}`)
    case 'sign_out':
      return named('login.sign_out')
    case 'signed_out':
      return named('login.signed_out')
    case 'error':
      return named('login.error')
    case 'app':
      return branding.name
  }
}

/** A page that stays is read when everything is over. */
const sectionOf = (step: LoginStepView) =>
  step.kind === 'redirect' && step.stays ? 'login.signed_in' : SECTIONS[step.kind]

/** The part of the texts that belongs to a step. */
const SECTIONS: Record<string, string> = {
  register: 'registration',
  verify_email: 'registration.code',
  identify: 'login.identify',
  reset_code: 'password.code',
  new_password: 'password.choose',
  change_password: 'password.choose',
  first_factor: 'login.password',
  select_account: 'login.picker',
  deletion_planned: 'login.deletion',
  confirm_device: 'device.confirm',
  consent: 'login.consent',
  complete: 'login.leaving',
  redirect: 'login.leaving',
}

type Texts = { [key: string]: Texts | string | undefined }

function headingOf(strings: Page['strings'], section: string | undefined): string | undefined {
  if (section === undefined) return undefined
  let found: Texts | string | undefined = strings as Texts
  for (const key of [...section.split('.'), 'heading']) found = typeof found === 'object' ? found[key] : undefined
  return typeof found === 'string' ? found : undefined
}
