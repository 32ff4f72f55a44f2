import type { ApplicationConfiguration } from '@vestibule/shared/configuration-application.ts'
import { type Application, type ApplicationSettings, isConfidential } from '../../domain/application.ts'
import { contradictions } from '../../domain/security-profile.ts'
import type { Fault } from './fault.ts'

type Resulting = Pick<Application, 'type' | 'settings'>

/** What a security profile needs, and what is said together with it and against it. */
export function profileFaults(path: string, wanted: ApplicationConfiguration, { type, settings }: Resulting): Fault[] {
  const { securityProfile } = settings
  if (securityProfile === 'none') return []
  if (!isConfidential({ type }))
    return [
      {
        path: `${path}.settings.securityProfile`,
        message: `must be none: a ${type} application can not keep a key to itself.`,
      },
    ]
  const said = (wanted.settings ?? {}) as Partial<ApplicationSettings>
  return contradictions(said).map(({ member, permitted }) => ({
    path: `${path}.settings.${member}`,
    message: `must be ${permitted.map(String).join(' or ')} with securityProfile ${securityProfile}.`,
  }))
}
