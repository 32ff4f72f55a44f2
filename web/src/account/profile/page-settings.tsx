import { MODES } from '@vestibule/shared/branding.ts'
import { useState } from 'react'
import { type Appearance, chosenAppearance, dressScheme } from '../../appearance.ts'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem, type ProblemAnswer } from '../../problem-answer.ts'
import { useAccount } from '../account-context.tsx'
import { call } from '../api.ts'

/** Light or dark in this browser, where the organization leaves that open. A choice counts at once. */
export function PageSettings() {
  const { t } = useTexts()
  const { branding } = useAccount()
  const [chosen, setChosen] = useState(chosenAppearance)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const wear = (appearance: Appearance) => {
    dressScheme('auto', appearance)
    setChosen(appearance)
  }
  const choose = async (appearance: Appearance) => {
    const before = chosen
    setProblem(null)
    wear(appearance)
    try {
      await call('post /api/appearance', { body: { appearance } })
    } catch (error) {
      wear(before)
      setProblem(asProblem(error))
    }
  }
  if (branding.mode !== 'auto') return null
  return (
    <section className="section" aria-labelledby="appearance">
      <header>
        <div>
          <h2 id="appearance">{t('profile:pages.heading')}</h2>
          <p>{t('profile:pages.hint')}</p>
        </div>
      </header>
      <div role="radiogroup" aria-labelledby="appearance">
        {MODES.map((mode) => (
          <label key={mode} className="row choice">
            <input
              type="radio"
              name="appearance"
              value={mode}
              checked={mode === chosen}
              onChange={() => void choose(mode)}
            />
            <span>{t(`profile:pages.appearances.${mode}`)}</span>
          </label>
        ))}
      </div>
      <FormProblem problem={problem} />
    </section>
  )
}
