import type { Entry } from '@vestibule/locales'
import { LANGUAGES, type Language } from '@vestibule/shared/languages.ts'
import { useState } from 'react'
import { FormProblem } from '../forms/submit.tsx'
import { switchLanguage, useTexts } from '../i18n.ts'
import { asProblem, type ProblemAnswer } from '../problem-answer.ts'
import { DownIcon, GlobeIcon } from './icons.tsx'

/** The languages that are allowed here, each written in itself. Switching keeps the step and what was typed: only texts change. */
export function LanguageSelect({ entry, languages }: { entry: Entry; languages: readonly Language[] }) {
  const { t, language } = useTexts()
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const choose = (next: Language) =>
    switchLanguage(next, entry, { remember: true }).then(
      () => setProblem(null),
      (error: unknown) => setProblem(asProblem(error)),
    )

  return (
    <div className="language-and-problem">
      <label className="language">
        <GlobeIcon />
        <span className="unseen">{t('common:language')}</span>
        <select
          name="language"
          autoComplete="language"
          value={language}
          onChange={(event) => void choose(event.target.value as Language)}
        >
          {languages.map((code) => (
            <option key={code} value={code} lang={code} dir={LANGUAGES[code].direction}>
              {LANGUAGES[code].name}
            </option>
          ))}
        </select>
        <DownIcon />
      </label>
      <FormProblem problem={problem} />
    </div>
  )
}
