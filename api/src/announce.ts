import type { Settings } from './settings.ts'
import type { Demo } from './use-cases/configuration/demo.ts'

type News = { firstManager: { link: string; loginName: string } | null; demo: Demo | null; hasOutbox: boolean }

/** What the operator sees once the door is open. On standard error, beside the log; the link is shown here and nowhere else. */
export function announce(settings: Settings, { firstManager, demo, hasOutbox }: News): void {
  const lines = ['', `  Vestibule is open at  ${settings.issuer}`, `  Your account          ${settings.issuer}/account`]
  if (hasOutbox) lines.push(`  Mails and messages    ${settings.issuer}/dev/outbox  (none is sent)`)
  if (demo) {
    lines.push(`  Demo application      ${demo.url}`, '', '  Demo accounts (on this machine only):')
    for (const { loginName, password, organization } of demo.accounts)
      lines.push(`    ${loginName.padEnd(22)} ${password.padEnd(26)} ${organization}`)
  }
  if (firstManager)
    lines.push(
      '',
      `  Set the password of the first manager (${firstManager.loginName}), once, within the hour:`,
      `  ${firstManager.link}`,
    )
  console.error([...lines, ''].join('\n'))
}
