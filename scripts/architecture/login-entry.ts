import { importsOf, type Sources } from './source.ts'

/**
 * The packages a browser loads with this module: what it and the modules below it import statically and not only as types.
 * Package -> the module that imports it first.
 */
export function packagesLoadedBy(entry: string, sources: Sources): Map<string, string> {
  const packages = new Map<string, string>()
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    const text = sources.get(file)
    if (text === undefined) return // a style sheet, a picture
    for (const { target, isPackage, isType, isLazy } of importsOf(file, text)) {
      if (isType || isLazy) continue
      if (!isPackage) visit(target)
      else if (!packages.has(target)) packages.set(target, file)
    }
  }
  visit(entry)
  return packages
}
