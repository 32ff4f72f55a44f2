/** The value below which a part (0 to 1) of the values lie, interpolated between the two nearest. */
export function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const below = sorted[Math.floor(at)] as number
  return below + ((sorted[Math.ceil(at)] as number) - below) * (at % 1)
}

export const median = (values: number[]): number => quantile(values, 0.5)

/** The ratios of two series measured side by side: their median, and between which values the middle half of them lies. */
export function ratio(values: number[], to: number[]): { middle: number; low: number; high: number } {
  const ratios = values.map((value, round) => value / (to[round] as number))
  return { middle: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) }
}
