import { config } from 'zod'

/**
 * Before zod makes its first schema in a browser: otherwise it tries whether it may write code of its own. It may not, and the try is a
 * violation of the policy of our pages. Import it first.
 */
config({ jitless: true })
