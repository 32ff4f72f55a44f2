/** What is wrong with a configuration, and where: `organizations[0].users[2].email`. The sentence is for the operator. */
export type Fault = { path: string; message: string }

/** A configuration that was refused as a whole: nothing was changed. */
export class BadConfiguration extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('\n'))
    this.faults = faults
  }
}

/** `organizations[0].name`, and `settings["a b"]` where a name is none. */
export function pathOf(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`
    const name = String(segment)
    if (!/^[\w$]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`
    return path ? `${path}.${name}` : name
  }, '')
}
