/** A name or literal of this machine: the only hosts where http is allowed (RFC 8252 8.3, W3C Secure Contexts 3.1). */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
