import type { LoginEntryPage } from '@vestibule/shared/page.ts'
import type { ComponentType } from 'react'
import type { Leave } from '../leave.ts'

type Pages = { [Page in LoginEntryPage as Page['kind']]: Page }
/** What a flow gets: its page, and where the browser goes away. */
export type FlowProps<K extends keyof Pages> = { page: Pages[K]; leave: Leave }
type Flow<K extends keyof Pages> = ComponentType<FlowProps<K>>

/** What stays when a program has the answer, what stands behind the links of mails, where the code of a device is typed, and the way out: a sign-in loads none of them. */
const LOADERS = {
  signed_in: async () => (await import('./signed-in-flow.tsx')).SignedInFlow,
  verify: async () => (await import('./verify-flow.tsx')).VerifyFlow,
  reset: async () => (await import('./reset-flow.tsx')).ResetFlow,
  device: async () => (await import('./device-flow.tsx')).DeviceFlow,
  sign_out: async () => (await import('./sign-out-flow.tsx')).SignOutFlow,
  signed_out: async () => (await import('./sign-out-flow.tsx')).SignedOut,
} satisfies { [K in keyof Pages]?: () => Promise<Flow<K>> }

type LazyKind = keyof typeof LOADERS
const isLazy = (kind: keyof Pages): kind is LazyKind => Object.hasOwn(LOADERS, kind)
const loaded: { [K in LazyKind]?: Flow<K> } = {}

export async function loadFlow(kind: keyof Pages): Promise<void> {
  if (isLazy(kind) && !loaded[kind]) Object.assign(loaded, { [kind]: await LOADERS[kind]() })
}

export const loadEveryFlow = () => Promise.all((Object.keys(LOADERS) as LazyKind[]).map(loadFlow))

export const isLazyPage = (page: LoginEntryPage): page is Pages[LazyKind] => isLazy(page.kind)

/** The flow of a page, after `loadFlow`. What it draws is the page that it is asked with. */
export function lazyFlow(kind: LazyKind): Flow<LazyKind> {
  const flow = loaded[kind]
  if (!flow) throw new Error('the page was not loaded')
  return flow as Flow<LazyKind>
}
