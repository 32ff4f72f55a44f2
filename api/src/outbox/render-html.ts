import { LANGUAGES } from '@vestibule/shared/languages.ts'
import { html, raw } from 'hono/html'
import type { Block, Content } from './content.ts'
import type { Letter } from './letter.ts'
import { coloursOf, darkSheet, type MailClass } from './mail-style.ts'

const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif"
const MONO = "ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace"

type Html = ReturnType<typeof html>
type Look = { attributes: (name: MailClass, style: string) => Html; corner: string; start: 'left' | 'right' }

/**
 * The HTML part: tables and written-out styles, which every mail program bears; no image, script, form, font or anything else that is
 * fetched. `html` escapes whatever it is given.
 */
export function renderHtml(
  { subject, blocks }: Content,
  letter: Letter,
  names: { organization: string; foot: string },
): string {
  const { direction } = LANGUAGES[letter.language]
  const { shape, light, dark } = letter.theme
  const colours = coloursOf(letter)
  const start = direction === 'rtl' ? 'right' : 'left'
  // names are constants of ours, and a style is made of them, of sizes and of #rrggbb
  const attributes: Look['attributes'] = (name, style) =>
    html`class="${name}" style="${raw(`${colours(name)};${style}`)}"`
  const display = shape['font-display'].replaceAll('"', "'").replace('var(--font)', FONT)
  const look: Look = { attributes, corner: shape.corner, start }
  const scheme = letter.mode === 'auto' ? 'light dark' : letter.mode
  const page = letter.mode === 'dark' ? dark : light
  const first = blocks.find((block) => block.kind === 'text')

  return String(html`<!doctype html>
<html lang="${letter.language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="${scheme}">
<meta name="supported-color-schemes" content="${scheme}">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${subject}</title>
<style>:root{color-scheme:${scheme}}${raw(darkSheet(letter))}</style>
</head>
<body class="canvas" style="margin:0;padding:0;background:${page.canvas}">
<div role="article" aria-label="${subject}" lang="${letter.language}" dir="${direction}" ${attributes('canvas', `font-family:${FONT};font-size:16px;line-height:1.5;text-align:${start}`)}>
<div style="display:none;max-height:0;overflow:hidden">${first?.text ?? ''}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:520px">
<tr><td align="${start}" ${attributes('page', 'padding:0 8px 16px;font-size:16px;font-weight:600')}><span ${attributes('arch', 'display:inline-block;width:16px;height:18px;border-radius:8px 8px 0 0;vertical-align:-2px;margin-inline-end:10px')}>&#8203;</span>${names.organization}</td></tr>
<tr><td align="${start}" ${attributes('surface', `border-width:1px;border-style:solid;border-radius:${shape['corner-card']};padding:32px 28px 24px`)}>
<h1 ${attributes('ink', `margin:0 0 12px;font-family:${display};font-size:22px;line-height:1.25;font-weight:600`)}>${subject}</h1>
${blocks.map((block) => html`${htmlOf(block, look)}\n`)}</td></tr>
<tr><td align="${start}" ${attributes('page-soft', 'padding:16px 8px 0;font-size:13px')}>${names.foot}<br><span dir="ltr">${letter.origin}</span></td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
`)
}

function htmlOf(block: Block, { attributes, corner, start }: Look): Html {
  switch (block.kind) {
    case 'text':
      return html`<p ${attributes('ink', 'margin:0 0 16px')}>${block.text}</p>`
    case 'quiet':
      return html`<p ${attributes('soft', 'margin:0 0 12px;font-size:14px')}>${block.text}</p>`
    case 'code':
      return html`<p ${attributes('soft', 'margin:8px 0 6px;font-size:14px;font-weight:600')}>${block.label}</p>
<div dir="ltr" ${attributes('well', `margin:0 0 20px;border-width:1px;border-style:solid;border-radius:${corner};padding:14px 12px;text-align:center;font-family:${MONO};font-size:28px;line-height:1.2;font-weight:600;letter-spacing:.18em`)}>${block.code}</div>`
    case 'button':
      return html`<p style="margin:4px 0 16px"><a href="${block.href}" ${attributes('door', `display:inline-block;border-width:1px;border-style:solid;border-radius:${corner};padding:12px 22px;font-weight:600;text-decoration:none`)}>${block.label}</a></p>
<p ${attributes('soft', 'margin:0 0 20px;font-size:13px')}>${block.hint}<br><a dir="ltr" href="${block.href}" ${attributes('link', 'word-break:break-all')}>${block.href}</a></p>`
    case 'facts':
      return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">${block.rows.map(
        ([label, value]) =>
          html`<tr><td valign="top" align="${start}" ${attributes('soft', 'padding:2px 0;padding-inline-end:16px;font-size:14px')}>${label}</td><td valign="top" align="${start}" ${attributes('ink', 'padding:2px 0;font-size:14px')}>${value}</td></tr>`,
      )}</table>`
  }
}
