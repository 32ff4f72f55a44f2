/** One screenshot, and what it shows. */
export type Shot = { screen: string; organization: string; look: string; size: string; file: string }

const figure = ({ organization, look, size, file }: Shot) =>
  `<figure class="${size}"><a href="${file}"><img src="${file}" loading="lazy" alt=""></a><figcaption>${organization}, ${look}, ${size}</figcaption></figure>`

/** All of them on one page, a row for each screen. */
export function contactSheet(shots: readonly Shot[]): string {
  const rows = Map.groupBy(shots, ({ screen }) => screen)
  const sections = [...rows].map(([screen, all]) => `<h2>${screen}</h2><div>${all.map(figure).join('')}</div>`)
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Screens</title>
<style>
body { margin: 2rem; font: 14px/1.4 system-ui; background: #8a8f8e; color: #fff }
div { display: flex; gap: 1rem; overflow-x: auto; align-items: start }
figure { margin: 0; flex: none }
img { display: block; border-radius: 6px }
.desk img { inline-size: 480px }
.phone img { inline-size: 180px }
</style>
${sections.join('\n')}
</html>
`
}
