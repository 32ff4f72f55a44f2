import type { Visit } from '../visit.ts'

/** The way to a screen in a browser that nobody has used yet. It ends when the screen is seen. */
export type Way = (visit: Visit) => Promise<void>
