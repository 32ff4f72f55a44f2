import type { Redirect } from '@vestibule/shared/login-step.ts'
import type { Application } from './application.ts'

/**
 * Whether a browser that is sent there stays where it is: it hands a private-use scheme to a program of its device (RFC 8252 7.1), and would
 * show an empty page. Whoever listens on a port of this machine, or owns an https address, answers with a page of their own.
 */
export const staysInBrowser = (
  { type, settings }: Pick<Application, 'type' | 'settings'>,
  { to, form }: Redirect,
): boolean =>
  type === 'native' &&
  !settings.skipNativeSuccessPage &&
  form === undefined &&
  /^[a-z][a-z0-9+.-]*:/i.test(to) &&
  !/^https?:/i.test(to)
