import { DEFAULT_LOOK, type Look, lookSchema } from '@vestibule/shared/branding.ts'
import { isLanguage } from '@vestibule/shared/languages.ts'
import { deriveTheme } from '@vestibule/shared/theme/derive-theme.ts'
import type { Deps, Letter } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'

const MOST_REMEMBERED = 1_000
const themes = new Map<string, Letter['theme']>()

/** `origin`: the address at which they are served. */
type Reader = { language: string; timeZone: string | null; origin: string }

/** The paper of an organization's messages: its name and colours, in the reader's language. */
export async function letterOf(deps: Deps, organizationId: OrganizationId, reader: Reader): Promise<Letter> {
  const found = await deps.repositories.organizations.findLook(organizationId)
  // typed values at use as well: a row that came in another way becomes no style
  const look = lookSchema.safeParse(found?.look ?? DEFAULT_LOOK).data ?? DEFAULT_LOOK
  return letterIn(look, found?.organization.name ?? 'Vestibule', reader)
}

/** The same in a look that nobody has. */
export function letterIn(look: Look, organization: string, reader: Reader): Letter {
  return {
    language: isLanguage(reader.language) ? reader.language : 'en',
    timeZone: reader.timeZone,
    organization,
    mode: look.mode,
    theme: themeOf(JSON.stringify(look), () => deriveTheme(look)),
    origin: reader.origin,
  }
}

/** Deriving a theme takes milliseconds; the same look always gives the same colours. */
function themeOf(key: string, derive: () => Letter['theme']): Letter['theme'] {
  const known = themes.get(key)
  if (known) return known
  if (themes.size >= MOST_REMEMBERED) themes.delete(themes.keys().next().value!)
  const theme = derive()
  themes.set(key, theme)
  return theme
}
