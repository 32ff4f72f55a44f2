import type { Page } from '@playwright/test'
import { type Application, createApplication } from '../support/application.ts'
import { ada, ben, cleo, klara, lena, lutz, mats, moritz, newHires, type Person } from '../support/people.ts'
import type { World } from '../support/world.ts'

/** Somebody in front of the pages of one organization. */
export type Visit = {
  page: Page
  world: World
  /** An application of this organization, which its people need not consent to. */
  home: Application
  /** One that always asks for consent. */
  notary: Application
  /** What every authorization request asks for. */
  wishes: Record<string, string>
  people: readonly [Person, ...Person[]]
  /** Somebody who may not come in. */
  locked: Person
  /** Somebody whose password has to be replaced. */
  newHire: Person
}

export const ORGANIZATIONS = {
  acme: { clientId: 'ledger', scope: '', people: [ada, ben, cleo], locked: lena, newHire: newHires[0]! },
  kruste: {
    clientId: 'oven',
    scope: 'urn:vestibule:org:domain:primary:kruste.test',
    people: [klara, moritz],
    locked: lutz,
    newHire: mats,
  },
} as const

export function visit(page: Page, world: World, organization: keyof typeof ORGANIZATIONS = 'acme'): Visit {
  const { clientId, scope, people, locked, newHire } = ORGANIZATIONS[organization]
  return {
    page,
    world,
    home: createApplication(world.origin, world.relyingParty, clientId),
    notary: createApplication(world.origin, world.relyingParty, 'notary'),
    wishes: { scope: `openid profile email ${scope}`.trim() },
    people,
    locked,
    newHire,
  }
}
