/** The page the server wrote into the HTML (see shared/src/page.ts). */
export function readPage<Page>(): Page {
  const element = document.getElementById('page')
  if (!element?.textContent) throw new Error('the page carries no #page')
  return JSON.parse(element.textContent) as Page
}
