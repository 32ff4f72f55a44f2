/** The server can not start as things are, in one sentence that tells the operator what to do. */
export class StartRefused extends Error {}
