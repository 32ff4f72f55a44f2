#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { resolveQuickly } from './quick-resolve.ts'

// as in main.ts: the compiled sources are kept between starts
enableCompileCache()
resolveQuickly()

const { run } = await import('./cli/run.ts')
const { stdin, stdout, stderr } = process
const code = await run(process.argv.slice(2), { env: process.env, clock: { now: Date.now }, stdin, stdout, stderr })
// a server that was started lives on
if (code !== null) process.exitCode = code
