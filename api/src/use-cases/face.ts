import { type BrandingView, DEFAULT_LOOK, lookSchema } from '@vestibule/shared/branding.ts'
import { choiceOf, type LanguageChoice } from '@vestibule/shared/policies/languages.ts'
import { DEFAULT_LOGIN_POLICY, type LinksPolicy, type LoginPolicy } from '@vestibule/shared/policy.ts'
import { deriveTheme } from '@vestibule/shared/theme/derive-theme.ts'
import { themeCss } from '@vestibule/shared/theme/theme-css.ts'
import type { Deps, Executor } from '../deps.ts'
import type { OrganizationId } from '../domain/ids.ts'
import { webLink } from '../domain/web-link.ts'
import { isOpen } from './registration/place.ts'

/** Milliseconds: a published look is seen everywhere after this time at the latest. */
const FRESH = 5_000
const MOST_REMEMBERED = 1_000

/**
 * What an organization shows to somebody it does not know yet. A little old is fine here: who may come in is decided by rows that are
 * read in the deciding transaction, never by this.
 * `organizationId` is null before there is any organization.
 */
export type Face = {
  organizationId: OrganizationId | null
  branding: BrandingView
  loginPolicy: LoginPolicy
  registrationIsOpen: boolean
  languages: LanguageChoice
}

type Remembered = { face: Face; until: number }
const remembered = new WeakMap<Deps['repositories'], Map<string, Remembered>>()

/** The face of an organization, or of the one whose address this is, or of the default one. Colours are computed when the look changes, not for a request. */
export async function faceOf(deps: Deps, organizationId: OrganizationId | null, tx?: Executor): Promise<Face> {
  const known = memoryOf(deps)
  const asked = organizationId ?? deps.home
  const key = asked ?? ''
  const now = deps.clock.now()
  const found = known.get(key)
  if (found && found.until > now) return found.face
  if (known.size >= MOST_REMEMBERED) known.delete(known.keys().next().value!)
  const face = await read(deps, asked, tx)
  known.set(key, { face, until: now + FRESH })
  return face
}

/** Something was changed that they show: this process reads it anew at once, others within seconds. */
export const forgetFaces = (deps: Deps): void => memoryOf(deps).clear()

function memoryOf({ repositories }: Deps): Map<string, Remembered> {
  const known = remembered.get(repositories) ?? new Map<string, Remembered>()
  remembered.set(repositories, known)
  return known
}

async function read(deps: Deps, organizationId: OrganizationId | null, tx?: Executor): Promise<Face> {
  const { organizations } = deps.repositories
  const id = organizationId ?? (await organizations.findDefault(tx))?.id
  const found = id ? await organizations.findLook(id, tx) : null
  // typed values at use as well: a row that came in another way becomes neither style nor attribute
  const look = lookSchema.safeParse(found?.look ?? DEFAULT_LOOK).data ?? DEFAULT_LOOK
  const languages = choiceOf((await deps.repositories.policies.resolve('languages', id ?? null, tx)).value)
  const branding: BrandingView = {
    name: found?.organization.name ?? 'Vestibule',
    tagline: look.tagline ?? null,
    layout: look.layout,
    mode: look.mode,
    css: cssOf(JSON.stringify(look), () => themeCss(deriveTheme(look))),
    links: linksOf(found?.links ?? {}),
    languages: [...languages.allowed],
  }
  const loginPolicy = id ? await organizations.loginPolicy(id, tx) : DEFAULT_LOGIN_POLICY
  const { value: registration } = await deps.repositories.policies.resolve('registration', id ?? null, tx)
  const registrationIsOpen = id !== undefined && isOpen(registration, loginPolicy)
  return { organizationId: id ?? null, branding, loginPolicy, registrationIsOpen, languages }
}

const sheets = new Map<string, string>()

/** Deriving a theme takes milliseconds; the same look always gives the same sheet. */
function cssOf(key: string, derive: () => string): string {
  const known = sheets.get(key)
  if (known !== undefined) return known
  if (sheets.size >= MOST_REMEMBERED) sheets.delete(sheets.keys().next().value!)
  const css = derive()
  sheets.set(key, css)
  return css
}

const linksOf = ({ help, privacy, terms }: LinksPolicy) => ({
  help: webLink(help),
  privacy: webLink(privacy),
  terms: webLink(terms),
})
