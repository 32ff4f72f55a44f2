import { z } from 'zod'

/** Every duration in a policy is in seconds. */
export const seconds = (least: number, most: number) => z.int().min(least).max(most)

export const MINUTE = 60
export const HOUR = 3_600
export const DAY = 86_400
