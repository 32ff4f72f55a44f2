import { z } from 'zod'
import { LANGUAGE_CODES } from './languages.ts'

/** `#rrggbb`, the only form in which a colour enters: nothing typed can become style. */
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/)

export const CORNERS = ['sharp', 'soft', 'round'] as const
export const FONTS = ['system', 'serif', 'rounded', 'geometric'] as const
export const MODES = ['auto', 'light', 'dark'] as const
export const LAYOUTS = ['card', 'split', 'plain'] as const

/** The few things an organization chooses. Everything else is computed by `deriveTheme`. */
export const lookSchema = z.strictObject({
  brand: colour.default('#1c5c50'),
  background: colour.optional(),
  backgroundDark: colour.optional(),
  text: colour.optional(),
  corners: z.enum(CORNERS).default('soft'),
  font: z.enum(FONTS).default('system'),
  mode: z.enum(MODES).default('auto'),
  layout: z.enum(LAYOUTS).default('card'),
  /** One sentence beside the form, in the split layout. Plain text. */
  tagline: z.string().max(120).optional(),
})
export type Look = z.infer<typeof lookSchema>

export const DEFAULT_LOOK: Look = lookSchema.parse({})

/** What a page needs to wear an organization's look. `css` is a finished style sheet made of computed tokens only. */
export const brandingViewSchema = z.object({
  name: z.string(),
  tagline: z.string().nullable(),
  layout: z.enum(LAYOUTS),
  mode: z.enum(MODES),
  css: z.string(),
  links: z.object({ help: z.string().nullable(), privacy: z.string().nullable(), terms: z.string().nullable() }),
  /** What the switch offers: never a language that this organization does not allow. */
  languages: z.array(z.enum(LANGUAGE_CODES)),
})
export type BrandingView = z.infer<typeof brandingViewSchema>
