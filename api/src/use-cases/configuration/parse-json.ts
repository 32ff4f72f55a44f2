import { BadConfiguration } from './fault.ts'

/** JSON (RFC 8259), a byte order mark in front borne. @throws BadConfiguration with the line, and nothing of what stands there. */
export function parseJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '')
  const message = errorOf(json)
  if (message === null) return JSON.parse(json)
  throw new BadConfiguration([{ path: `line ${lineOf(json, message)}`, message: 'is not JSON.' }])
}

function errorOf(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * V8 says the position of some errors. For the others it quotes the surroundings, which may be a password, so the place is searched:
 * whatever begins before it is incomplete, whatever reaches over it is wrong.
 */
function lineOf(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)
  let low = position ? Number(position[1]) : 0
  let high = position ? low : text.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (errorOf(text.slice(0, middle + 1))?.startsWith('Unexpected token')) high = middle
    else low = middle + 1
  }
  return text.slice(0, low).split('\n').length
}
