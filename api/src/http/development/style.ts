/** What the pages of development add to the account's style sheet. Tokens only, logical properties only. */
export const STYLE = `
.bench{display:grid;grid-template-rows:auto 1fr;block-size:100dvh}
.bench .bar{max-inline-size:none;padding-block:var(--s3)}
.bench .logo .quiet-name{font-weight:400;color:var(--ink-soft)}
.panes{display:grid;grid-template-columns:minmax(17rem,24rem) minmax(0,1fr);gap:var(--s4);min-block-size:0;padding:0 var(--s5) var(--s5)}
.pane{min-inline-size:0;display:flex;flex-direction:column;min-block-size:0;border:1px solid var(--line);border-radius:var(--corner-card);background:var(--surface);overflow:hidden}
.pane .rows{border:0;border-radius:0;overflow:auto}
.pane a.row[aria-current]{background:var(--accent-soft)}
.bench .tools{flex-wrap:nowrap}
.bench .tools .quiet{margin:0}
.pane .row time{align-self:start;font-size:var(--t-small);color:var(--ink-soft)}
.pane>header{display:grid;grid-template-columns:minmax(0,1fr);gap:var(--s2);padding:var(--s4) var(--s5);border-block-end:1px solid var(--line)}
.pane h1,.pane h2{font-size:var(--t-head)}
.pane .secret{display:flex;align-items:center;max-inline-size:100%;gap:0 var(--s2);padding-inline-start:.875rem;border:1px solid var(--line);border-radius:min(var(--corner),14px);background:var(--sunken)}
.pane .secret code{min-inline-size:0;padding-block:.5rem;font:500 var(--t-label)/1.4 var(--mono);overflow-wrap:anywhere}
.copies,.choices{display:flex;flex-wrap:wrap;gap:var(--s2);align-items:end}
.choices .field{gap:.25rem}
.choices .field select{inline-size:auto;max-inline-size:12rem;min-block-size:2.75rem;padding-block:.375rem;text-overflow:ellipsis}
.choices .button{min-block-size:2.75rem}
.soft{color:var(--ink-soft);font-size:var(--t-label);overflow-wrap:anywhere}
.reading{display:grid;grid-template-rows:minmax(0,1fr);flex:1;min-block-size:20rem}
.reading iframe{inline-size:100%;block-size:100%;border:0;background:var(--canvas)}
.reading pre{margin:0;padding:var(--s5);overflow:auto;white-space:pre-wrap;font:400 var(--t-label)/1.6 var(--mono)}
.phone{max-inline-size:24.375rem;margin-inline:auto}
.nothing{display:grid;place-content:center;justify-items:center;gap:var(--s3);flex:1;padding:var(--s7);text-align:center;color:var(--ink-soft)}
.nothing h2{color:var(--ink)}
@media (max-width:52rem){
.bench{block-size:auto}
.panes{grid-template-columns:minmax(0,1fr);padding-inline:var(--s4)}
.pane .rows{max-block-size:40dvh}
.reading iframe{min-block-size:70dvh}
}`

/** Copying, and choices that act at once. Without it the links and the button still work. */
export const SCRIPT = `
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]')
  if (!button) return
  navigator.clipboard.writeText(button.dataset.copy).then(() => {
    const { textContent } = button
    button.textContent = 'Copied'
    setTimeout(() => { button.textContent = textContent }, 1500)
  })
})
document.addEventListener('change', (event) => event.target.closest('form.choices')?.submit())
const { newest } = document.body.dataset
if (newest !== undefined) setInterval(async () => {
  if (document.hidden) return
  const response = await fetch('/dev/outbox', { headers: { accept: 'application/json' } })
  const [first] = await response.json()
  if ((first?.id ?? '') !== newest) location.reload()
}, 2000)
`
