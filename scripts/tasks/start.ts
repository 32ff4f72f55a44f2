import fs from 'node:fs'
import { launch, stopSignal } from '../children.mjs'
import { runNode } from '../run-node.ts'
import { buildWebIfChanged } from '../web-build.ts'

/**
 * How the demo application proves itself. The server registers it from examples/demo.json, which holds the SHA-256 of this secret. It
 * is public, and protects nothing but a first look on one's own machine.
 */
export const DEMO_CLIENT = { CLIENT_ID: 'ledger', CLIENT_SECRET: 'ledger-demo-secret-for-this-machine-only' }
/** The other organization of examples/demo.json. */
const OTHER_ORG_DOMAIN = 'kruste.test'

/** Builds the web part if needed and serves. The exit code is the server's. */
export async function start(args: string[]): Promise<number> {
  const failed = await buildWebIfChanged()
  return failed || serve(['api/src/main.ts', ...args])
}

/**
 * Runs the server and, for a first look, the demo application to sign in to: both are our direct children.
 * @param server arguments of node
 */
export async function serve(server: readonly string[]): Promise<number> {
  if (fs.existsSync('.env')) process.loadEnvFile('.env') // the environment wins over the file
  if (!wantsDemo(process.env)) return runNode(server, { DEMO: 'off' })

  const { PORT = '3000', DEMO_PORT = '3001', DEMO_URL = `http://localhost:${DEMO_PORT}` } = process.env
  const { exitCode } = launch(process.execPath, server, { env: { ...process.env, DEMO: 'on', DEMO_URL } })
  const client = {
    ...DEMO_CLIENT,
    ISSUER: `http://localhost:${PORT}`,
    PORT: DEMO_PORT,
    PUBLIC_URL: DEMO_URL,
    OTHER_ORG_DOMAIN,
  }
  const demo = launch(process.execPath, ['examples/relying-party/main.ts'], { env: { ...process.env, ...client } })
  void demo.exitCode.then((code) => {
    if (!stopSignal() && !demo.child.killed) console.error(`The demo application ended (${code}), the server goes on.`)
  })
  const code = await exitCode
  demo.child.kill('SIGKILL') // it holds nothing that is worth a farewell
  return code
}

/** The demo belongs to a first look on one's own machine, never to an installation. */
export function wantsDemo(env: NodeJS.ProcessEnv): boolean {
  return !env.PUBLIC_URL && env.NODE_ENV !== 'production' && env.DEMO !== 'off'
}
