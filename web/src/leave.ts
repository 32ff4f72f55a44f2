import type { Redirect } from '@vestibule/shared/login-step.ts'

/**
 * Leaves for an address that an answer of the server named, and only such a one. With `form` the browser posts it there (OAuth 2.0
 * Form Post Response Mode, 2).
 */
export function leave({ to, form }: Redirect) {
  if (!form) return location.assign(to)
  const element = document.createElement('form')
  element.method = 'post'
  element.action = to
  element.hidden = true
  for (const [name, value] of Object.entries(form)) {
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name, value })
    element.append(input)
  }
  document.body.append(element)
  // Not `element.submit()`: a parameter of that name would stand in its place.
  HTMLFormElement.prototype.submit.call(element)
}
export type Leave = typeof leave
