import { registerHooks } from 'node:module'

const IN_SMALL_MODULES = /\/node_modules\/(drizzle-orm|hono|zod)\/(?!.*\/node_modules\/)/
const isDrizzle = (specifier: string) => specifier === 'drizzle-orm' || specifier.startsWith('drizzle-orm/')
const isOurs = (specifier: string) => specifier.startsWith('@vestibule/')

/**
 * Relative imports of ours, and of packages that are hundreds of small ES modules, name the very file. Node would look for each on the
 * disk, for what it links to, and for the package it is in; that of drizzle-orm is 180 kB, which it reads and parses anew for each import:
 * a second and 100 MB at every start. The names of drizzle and of our own packages mean the same wherever they are imported.
 */
export function resolveQuickly(): void {
  const known = new Map<string, { url: string; format: string }>()
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context
      if (specifier.startsWith('.') && parentURL) {
        const format = formatOf(specifier, parentURL)
        if (format) return { url: new URL(specifier, parentURL).href, format, shortCircuit: true }
      }
      const found = known.get(specifier)
      if (found) return { ...found, shortCircuit: true }
      const resolved = next(specifier, context)
      const format = isDrizzle(specifier) ? 'module' : resolved.format
      if (format && (isDrizzle(specifier) || isOurs(specifier))) known.set(specifier, { url: resolved.url, format })
      return resolved
    },
  })
}

/** What such a relative import leads to; undefined for all others, which Node resolves. */
function formatOf(specifier: string, parentURL: string): string | undefined {
  if (specifier.endsWith('.js') && IN_SMALL_MODULES.test(parentURL)) return 'module'
  return specifier.endsWith('.ts') && !parentURL.includes('/node_modules/') ? 'module-typescript' : undefined
}
