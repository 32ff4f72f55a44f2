/** One line of the doctor. A fault keeps the product from working or from being safe; a warning is worth knowing. */
export type Finding = { level: 'ok' | 'warning' | 'fault'; message: string }

export const ok = (message: string): Finding => ({ level: 'ok', message })
export const warning = (message: string): Finding => ({ level: 'warning', message })
export const fault = (message: string): Finding => ({ level: 'fault', message })
