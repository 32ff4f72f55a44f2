import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { brandingLast } from './scripts/branding-last.ts'
import { precompress } from './scripts/precompress.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Fields for what one chooses or is sent. Most sign-ins never see them: they come with the screens that do. */
const NEW_SECRETS = /\/(forms\/(code-field|resend-code|new-password-field|password-checklist)|password-rules)\.tsx?$/

/** Two entries (UX and size differ), and in development a third that shows every screen from its fixture. */
export default defineConfig(({ mode }) => ({
  root: at('.'),
  plugins: [react(), brandingLast(), precompress()],
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    // The pages run without `data:` in script, style and font sources.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        login: at('login.html'),
        app: at('app.html'),
        ...(mode === 'development' && { screens: at('screens.html') }),
      },
      output: {
        // What both entries share: the libraries, which stay in caches from one release to the next, and our own part.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next)\//, priority: 2 },
            {
              name: 'shared',
              test: (id) => /\/src\//.test(id) && !NEW_SECRETS.test(id),
              minShareCount: 2,
              priority: 1,
            },
            { name: 'new-secrets', test: NEW_SECRETS },
          ],
        },
      },
    },
  },
}))
