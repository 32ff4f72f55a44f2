import { codeOf, isTest, type Sources } from './source.ts'

type Rule = { pattern: RegExp; where: RegExp; except?: RegExp; say: string }

const COMPOSITION = /^api\/src\/(main|cli)\.ts$/
const NOT_BROWSER = /^(shared|api)\/src\//

const RULES: readonly Rule[] = [
  {
    pattern: /\bawait\b|\basync\b/,
    where: /^api\/src\/domain\//,
    say: 'the domain waits for nothing: facts come as arguments',
  },
  {
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)/,
    where: NOT_BROWSER,
    except: COMPOSITION,
    say: 'only main.ts and cli.ts see the clock: time comes as an argument or as deps.clock',
  },
  {
    pattern: /\bprocess\.env\b/,
    where: NOT_BROWSER,
    except: COMPOSITION,
    say: 'only main.ts and cli.ts see the environment: the rest gets settings',
  },
  {
    pattern: /\bMath\.random\b/,
    where: /^(shared|api\/src\/(domain|use-cases|oidc|crypto|http))\//,
    say: 'randomness comes from deps.random, so that nobody can guess it and tests can repeat it',
  },
]

/** One sentence for each line that reaches for the clock, the environment, chance, or waits where nothing waits. */
export function impurities(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    const rules = RULES.filter(({ where, except }) => !isTest(file) && where.test(file) && !except?.test(file))
    return codeOf(text)
      .split('\n')
      .flatMap((line, index) => {
        const broken = rules.filter(({ pattern }) => pattern.test(line))
        return broken.map(({ say }) => `${file}:${index + 1} ${line.trim()}\n  ${say}`)
      })
  })
}
