import fs from 'node:fs'
import path from 'node:path'

/** One import of a module: the file (from the root, for our own packages) or the package it names. */
export type Import = {
  from: string
  line: number
  target: string
  isPackage: boolean
  isType: boolean
  isLazy: boolean
}
/** Path from the root -> text. */
export type Sources = ReadonlyMap<string, string>

const OURS: Record<string, string> = {
  '@vestibule/shared': 'shared/src',
  '@vestibule/locales': 'locales',
  '@vestibule/api': 'api',
  '@vestibule/web': 'web',
}

const root = path.resolve(import.meta.dirname, '../..')

/** Every source file of these folders, tests included. */
export function readSources(...folders: string[]): Sources {
  const pattern = folders.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`)
  const files = fs.globSync(pattern, { cwd: root, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(String(name)) })
  return new Map(files.sort().map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8')]))
}

export const isTest = (file: string) =>
  /\.(test|contract|property|arbitrary)\.tsx?$/.test(file) || /\/(testing|dev)\//.test(file)

const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=(?:[(=,:[!&|?{};\n]|=>|return)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g
const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ')
const isComment = (token: string) => token.startsWith('//') || token.startsWith('/*')

/** The text without its comments, line for line. */
const withoutComments = (text: string) => text.replaceAll(TOKENS, (token) => (isComment(token) ? blank(token) : token))

/** The text without comments and quoted text, line for line; the code inside a template string stays. */
export const codeOf = (text: string) =>
  text.replaceAll(TOKENS, (token) => (isComment(token) || /^['"]/.test(token) ? blank(token) : token))

const STATIC = /^[ \t]*(?:import|export)\s+(type\s)?\s*(?:([\w*{}\s,$]*?)\s*from\s*)?['"]([^'"]+)['"]/gm
const LAZY = /(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

export function importsOf(file: string, text: string): Import[] {
  const code = withoutComments(text)
  const at = (index: number, specifier: string) => ({
    from: file,
    line: code.slice(0, index).split('\n').length,
    ...resolve(file, specifier),
  })
  const fixed = [...code.matchAll(STATIC)].map(({ 0: all, 1: type, 2: clause = '', 3: specifier = '', index }) => ({
    ...at(index + all.search(/\S/), specifier),
    isType: Boolean(type) || takesOnlyTypes(clause),
    isLazy: false,
  }))
  const lazy = [...code.matchAll(LAZY)].map(({ 1: type, 2: specifier = '', index }) => ({
    ...at(index, specifier),
    isType: Boolean(type),
    isLazy: true,
  }))
  return [...fixed, ...lazy]
}

const takesOnlyTypes = (clause: string) => /^\{(\s*type\s[^,{}]*,?)+\s*\}$/.test(clause.trim())

function resolve(file: string, specifier: string): { target: string; isPackage: boolean } {
  if (specifier.startsWith('.'))
    return { target: path.posix.join(path.posix.dirname(file), specifier), isPackage: false }
  const [scope = '', name = '', ...rest] = specifier.split('/')
  const ours = OURS[`${scope}/${name}`]
  if (ours) return { target: path.posix.join(ours, ...rest), isPackage: false }
  if (specifier.startsWith('node:')) return { target: specifier, isPackage: true }
  return { target: scope.startsWith('@') ? `${scope}/${name}` : scope, isPackage: true }
}
