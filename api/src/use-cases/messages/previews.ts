import { DEFAULT_LOOK, type Look } from '@vestibule/shared/branding.ts'
import type { Language } from '@vestibule/shared/languages.ts'
import type { Deps, Rendered } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import type { Message } from '../../domain/messages.ts'
import { sampleMessages } from '../../domain/sample-messages.ts'
import { letterIn, letterOf } from './letter.ts'

/** Looks that are hard on a template, whatever the organizations here have chosen. */
const SAMPLES: Record<string, { name: string; look: Partial<Look> }> = {
  bakery: { name: 'Kruste & Krume', look: { brand: '#b5562b', corners: 'round', font: 'serif' } },
  neon: { name: 'Neon', look: { brand: '#d7ff3e', corners: 'sharp', font: 'geometric' } },
  night: {
    name: 'A name of about sixty-four characters, because some are long',
    look: { brand: '#101840', mode: 'dark' },
  },
  pink: { name: 'مخبز الحي', look: { brand: '#ff5fa2', background: '#fff0f6' } },
}

export type PreviewLook = { id: string; name: string }
export type PreviewWish = { message: Message; language: Language; look: string; mode: Look['mode'] | null }

/** The organizations that are here, and a few looks of nobody. */
export async function listPreviewLooks({ repositories }: Deps): Promise<PreviewLook[]> {
  const organizations = await repositories.organizations.listActive(50)
  const samples = Object.entries(SAMPLES).map(([id, { name }]) => ({ id, name: `Sample: ${name}` }))
  return [...organizations.map(({ id, name }) => ({ id, name })), ...samples]
}

/** Every message there is, with values that were made up. */
export const listPreviews = ({ settings, clock }: Deps): Message[] => sampleMessages(settings.issuer, clock.now())

/** One of them as it would go out. An unknown look is that of the default organization. */
export async function preview(deps: Deps, { message, language, look, mode }: PreviewWish): Promise<Rendered> {
  const reader = { language, timeZone: null, origin: deps.settings.issuer }
  const sample = SAMPLES[look]
  const letter = sample
    ? letterIn({ ...DEFAULT_LOOK, ...sample.look }, sample.name, reader)
    : await letterOf(deps, look as OrganizationId, reader)
  return deps.post.render(message, mode === null ? letter : { ...letter, mode })
}
