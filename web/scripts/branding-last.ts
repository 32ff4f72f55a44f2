import type { Plugin } from 'vite'

const PLACEHOLDER = '<!--vestibule:head-->'

/**
 * Moves the placeholder of the organization's style sheet behind our own style sheets, which vite adds at the end of the head:
 * of two rules for `:root` the later one counts.
 */
export function brandingLast(): Plugin {
  return {
    name: 'vestibule:branding-last',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.includes(PLACEHOLDER)
          ? html.replace(PLACEHOLDER, '').replace('</head>', `${PLACEHOLDER}\n  </head>`)
          : html,
    },
  }
}
