import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useLayoutEffect, useRef } from 'react'
import { dressScheme } from './appearance.ts'

let worn: CSSStyleSheet | null = null

/**
 * Puts on another organization's look. The first one is in the HTML, with a nonce; a later one comes as a constructed style sheet, which
 * the page's content security policy allows.
 */
export function wear({ css, mode, layout }: BrandingView) {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter((other) => other !== worn), sheet]
  worn = sheet
  for (const first of document.head.querySelectorAll('style[nonce]')) first.remove()
  dressScheme(mode)
  document.body.dataset.layout = layout
}

/** Wears what an answer brings, unless it is what the page wears already: before the paint, or a frame shows the new step in the old look. */
export function useBranding(branding: BrandingView) {
  const before = useRef(branding)
  useLayoutEffect(() => {
    const { css, mode, layout } = before.current
    if (css !== branding.css || mode !== branding.mode || layout !== branding.layout) wear(branding)
    before.current = branding
  }, [branding])
}
