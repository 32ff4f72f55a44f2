/**
 * Prints docs/login-steps.md: the rules of the login in their order, found by walking every situation of a few dimensions and noting
 * what each rule demanded. `node api/scripts/login-steps.ts > docs/login-steps.md`, after a change of the rules.
 */
import { readFileSync } from 'node:fs'
import { REASONS, type Reason } from '@vestibule/shared/login-step.ts'
import type { SessionId } from '../src/domain/ids.ts'
import type { AccountFacts, LoginFacts } from '../src/domain/login/facts.ts'
import { permittedActions } from '../src/domain/login/permitted-actions.ts'
import { RULES } from '../src/domain/login/rules.ts'
import type { LoginStep, LoginStepKind } from '../src/domain/login/steps.ts'
import { subjectOf } from '../src/domain/login/subject.ts'
import type { Check } from '../src/domain/session.ts'
import {
  account,
  facts,
  HOME,
  held,
  NOW,
  newCodes,
  password,
  QUIET_POLICY,
  registration,
  reset,
  user,
} from '../src/testing/login-facts.ts'

/** A step that a rule led to, with everything it carried along. */
type Demand = { rule: string; kind: LoginStepKind; errors: Set<string>; reasons: Set<Reason> }

const RULE_NAMES = Object.keys(RULES)
const HEADING = `# The steps of a login

Written by \`node api/scripts/login-steps.ts\` from [\`rules.ts\`](../api/src/domain/login/rules.ts); a test fails when the two differ.

The server asks the rules from top to bottom, with facts from its own rows. The first one that demands a step wins, and that step is the
next screen. Every action changes a fact, and the walk begins again. When no rule demands anything the login is complete, and only then a
code is issued. With \`prompt=none\` the same walk answers with an error instead of a screen.
`
const WRONG_STEP = `
Any other action is answered \`409 wrong_step\` with the kind of the step that is true now, and the page draws that one.
`
const REASONS_HEADING = `
## Why a step is shown

A step carries its reasons as codes. The page says them in the language of the reader, with the name of the application.
`

const ann = (session: Partial<AccountFacts['session']>) =>
  account('ann', { session: { ...account('ann').session, ...session } })
const PROVEN_LONG_AGO: Check[] = [
  { factor: 'password', at: NOW - 60_000 },
  { factor: 'totp', at: 0 },
]
const NO_PASSWORD = { ...QUIET_POLICY, allowPassword: false }

/** What a browser may remember. */
const ACCOUNTS: AccountFacts[][] = [
  [],
  [account('ann')],
  [account('ann'), account('ben')],
  [ann({ endedAt: NOW - 1 })],
  [ann({ checks: [{ factor: 'password', at: 0 }] })],
  [account('ann', { user: user('ann', { state: 'locked' }) })],
  [account('ann', { user: user('ann', { deletionAt: NOW + 1 }) })],
  [account('ann', { policy: NO_PASSWORD })],
  [account('ann', { password: password({ mustChange: true }) })],
  [account('ann', { password: password({ maxAge: 1 }) })],
  [account('ann', { factors: held('totp') })],
  [ann({ checks: PROVEN_LONG_AGO }), account('ben')].map((one) => ({ ...one, factors: held('totp') })),
  [account('ann', { policy: { ...QUIET_POLICY, forceSecondFactor: 'always' } })],
  [account('ann', { policy: { ...QUIET_POLICY, forceSecondFactor: 'always', secondFactors: [] } })],
  [account('ann', { policy: { ...QUIET_POLICY, enrollmentSkipLifetime: 60 } })],
]
const TYPED: LoginFacts['typed'][] = [null, { loginName: 'cas@home.test', user: user('cas'), policy: QUIET_POLICY }]
type UnderWay = 'ceremony' | 'registrationIsOpen' | 'resetIsProven' | 'passkeyOfferTo'
const CEREMONIES: Partial<Pick<LoginFacts, UnderWay>>[] = [
  { ceremony: null },
  { ceremony: reset('cas') },
  { ceremony: reset('cas'), resetIsProven: true },
  { ceremony: reset('cas', { isDone: true }) },
  { ceremony: registration('form', null) },
  {
    ceremony: registration('form', { lostNames: ['email', 'username'], passwordHash: null }),
    registrationIsOpen: true,
  },
  { ceremony: registration('code'), registrationIsOpen: true },
  { ceremony: registration('credential'), registrationIsOpen: true },
  { ceremony: newCodes('ann') },
  { passkeyOfferTo: user('ann').id },
]
const PROMPTS = ['none', 'login', 'select_account', 'consent', null] as const
const WISHES = [
  {},
  { organizationId: HOME },
  { subject: 'sub_ann' },
  { isForDevice: true },
  { maxAge: 30_000 },
  { maxAge: 30_000, isOwn: true },
  { requiredAssurance: 'aal2' },
  { requiredAssurance: 'phr' },
] as const

/** Every combination of them. */
function* situations(): Generator<LoginFacts> {
  for (const accounts of ACCOUNTS)
    for (const typed of TYPED)
      for (const prompt of PROMPTS)
        for (const wish of WISHES)
          for (const chosen of [null, 'ses_ann' as SessionId])
            for (const required of [() => false, () => true])
              for (const ceremony of CEREMONIES) {
                const request = { prompts: new Set(prompt ? [prompt] : []), ...wish }
                yield facts({ accounts, typed, chosen, ...ceremony, request, consent: { required, given: false } })
              }
}

/** Which rule speaks first here, and what it demands. */
function firstDemand(situation: LoginFacts): { rule: string; step: LoginStep } | null {
  const subject = subjectOf(situation)
  for (const [rule, ask] of Object.entries(RULES)) {
    const step: LoginStep | null = ask(situation, subject)
    if (step) return { rule, step }
  }
  return null
}

/** Every step that each rule leads to, in the order of the rules. */
function walk(): Demand[] {
  const demands = new Map<string, Demand>()
  for (const situation of situations()) {
    const found = firstDemand(situation)
    if (!found) continue
    const { rule, step } = found
    const name = `${rule} ${step.kind}`
    const demand = demands.get(name) ?? { rule, kind: step.kind, errors: new Set(), reasons: new Set() }
    demands.set(name, demand)
    if ('error' in step) demand.errors.add(step.error)
    if ('reasons' in step) for (const reason of step.reasons) demand.reasons.add(reason)
  }
  const place = ({ rule, kind }: Demand) => `${String(RULE_NAMES.indexOf(rule)).padStart(3)} ${kind}`
  return [...demands.values()].toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
}

const code = (text: string) => `\`${text}\``
const list = (names: Iterable<string>) => [...names].map(code).join(', ')

/** With columns of one width, as the formatter wants them. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]!.length)))
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const stepTable = (demands: Demand[]) =>
  table(
    ['rule', 'leads to', 'with `prompt=none`', 'what may be done there'],
    [
      ...demands.map(({ rule, kind, errors }) => [
        `${RULE_NAMES.indexOf(rule) + 1}. ${code(rule)}`,
        code(kind),
        list([...errors].toSorted()),
        list(permittedActions(kind)),
      ]),
      ['none of them', code('complete'), 'the code', list(permittedActions('complete'))],
    ],
  )

/** The rules from top to bottom, each with the steps it leads to beside it. */
function diagram(demands: Demand[]): string {
  const chain = RULE_NAMES.map((rule, index) => `  ${rule} -- satisfied --> ${RULE_NAMES[index + 1] ?? 'complete'}`)
  return [
    '```mermaid',
    'flowchart TB',
    `  arrives([authorization request]) --> ${RULE_NAMES[0]}`,
    ...chain,
    ...demands.map(({ rule, kind }) => `  ${rule} -- demands --> ${rule}_${kind}[${kind}]`),
    '  complete([complete: the code is issued])',
    '```',
  ].join('\n')
}

function reasonTable(demands: Demand[]): string {
  const catalogue = readFileSync(new URL('../../locales/en/login.json', import.meta.url), 'utf8')
  const { reasons: texts } = JSON.parse(catalogue) as { reasons: Record<Reason, string> }
  const rows = demands.flatMap(({ kind, reasons }) =>
    REASONS.filter((reason) => reasons.has(reason)).map((reason) => [code(kind), code(reason), texts[reason]]),
  )
  return table(['step', 'reason', 'in English'], rows)
}

/** A rule or reason that no situation above leads to would silently be missing. */
function mustBeWhole(demands: Demand[]): void {
  const met = new Set(demands.flatMap(({ rule, reasons }) => [rule, ...reasons]))
  const unmet = [...RULE_NAMES, ...REASONS].filter((name) => !met.has(name))
  if (unmet.length > 0) throw new Error(`no situation of this script leads to ${unmet.join(', ')}`)
}

const demands = walk()
mustBeWhole(demands)
console.log(
  [HEADING, stepTable(demands), WRONG_STEP, diagram(demands), REASONS_HEADING, reasonTable(demands)].join('\n'),
)
