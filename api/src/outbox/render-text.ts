import type { Block, Content } from './content.ts'
import type { Words } from './words.ts'

/** The part for those who read plain text. What is copied stands on a line of its own. */
export const renderText = ({ subject, blocks }: Content, foot: string, { texts }: Words): string => {
  const head = (label: string) => texts.head.replace('{{label}}', () => label)
  const pair = (label: string, value: string) =>
    texts.pair.replace('{{label}}', () => label).replace('{{value}}', () => value)

  function textOf(block: Block): string {
    switch (block.kind) {
      case 'text':
      case 'quiet':
        return block.text
      case 'code':
        return `${head(block.label)}\n${block.code}`
      case 'button':
        return `${head(block.label)}\n${block.href}`
      case 'facts':
        return block.rows.map(([label, value]) => pair(label, value)).join('\n')
    }
  }
  return [subject, ...blocks.map(textOf), `-- \n${foot}`].join('\n\n')
}
