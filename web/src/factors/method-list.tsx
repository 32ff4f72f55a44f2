import type { SecondMethod } from '@vestibule/shared/factors.ts'
import { useTexts } from '../i18n.ts'
import { OnwardsIcon } from '../ui/icons.tsx'
import { MethodIcon } from '../ui/method-icon.tsx'

type Props = { methods: readonly SecondMethod[]; onChoose: (method: SecondMethod) => void }

/** Ways to show that it is the same person, a button each. */
export function MethodList({ methods, onChoose }: Props) {
  const { t } = useTexts()
  return (
    <ul className="rows">
      {methods.map((method) => (
        <li key={method}>
          <button className="row" type="button" onClick={() => onChoose(method)}>
            <span className="glyph" aria-hidden="true">
              <MethodIcon method={method} />
            </span>
            <span className="grow">
              <strong>{t(`factors:names.${method}`)}</strong>
              <small>{t(`factors:about.${method}`)}</small>
            </span>
            <OnwardsIcon />
          </button>
        </li>
      ))}
    </ul>
  )
}
