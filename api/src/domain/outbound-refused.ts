/** Where a request must not go, or an answer that must not be read. */
export class OutboundRefused extends Error {}
