import type { Deps } from '../../deps.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { readConfiguration } from './read-configuration.ts'

export type Demo = { url: string; accounts: { loginName: string; password: string; organization: string }[] }

/** Where examples/demo.json says the demo application runs. */
const USUAL_URL = 'http://localhost:3001'

/** Registers the demo organizations, people and application, once, and says how to sign in. For one's own machine only. */
export async function prepareDemo(deps: Deps, demoUrl: string): Promise<Demo> {
  const url = new URL(demoUrl).origin
  // read when it is wanted: a server without a demo needs no examples
  const { default: example } = await import('../../../../examples/demo.json', { with: { type: 'json' } })
  const configuration = readConfiguration(JSON.stringify(example).replaceAll(USUAL_URL, url))
  await applyConfiguration(deps, configuration)
  const accounts = configuration.organizations.flatMap(({ name, users = [] }) =>
    users.flatMap(({ email, password }) =>
      email && password ? [{ loginName: email, password, organization: name }] : [],
    ),
  )
  return { url, accounts }
}
