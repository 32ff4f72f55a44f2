import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { brandingLast } from './scripts/branding-last.ts'
import { precompress } from './scripts/precompress.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What most sign-ins never see: fields for what one chooses or is sent, and the parts of such flows. It comes with their screens. */
const LATER =
  /\/(forms\/(code-field|resend-code|use-is-over|new-password-field|password-checklist|password-ends|error-summary)|password-rules|ui\/(method-icon|factor-icons|qr-code|recovery-code-list)|src\/factors\/[^/]+|login\/(reset|registration|factors)\/[^/]+|login\/screens\/scopes)\.tsx?$/

/** What talks to authenticators. It comes with the first one. */
const PASSKEYS = /\/src\/(webauthn|login\/new-passkey)\.ts$/

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
              // what fetches a part, too, or it would come with one of them
              test: (id) => /\/src\/|vite\/preload-helper/.test(id) && !LATER.test(id) && !PASSKEYS.test(id),
              minShareCount: 2,
              priority: 1,
            },
            { name: 'webauthn', test: PASSKEYS },
            { name: 'later', test: LATER },
          ],
        },
      },
    },
  },
}))
