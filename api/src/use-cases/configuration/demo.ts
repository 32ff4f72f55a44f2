import type { Deps } from '../../deps.ts'
export type Demo = { url: string; accounts: { loginName: string; password: string; organization: string }[] }
export async function prepareDemo(_deps: Deps, url: string): Promise<Demo> { return { url, accounts: [] } }
