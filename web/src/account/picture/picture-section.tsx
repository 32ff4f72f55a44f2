import { type ChangeEvent, useEffect, useId, useRef } from 'react'
import { FieldError } from '../../forms/labelled.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useAccount } from '../account-context.tsx'
import { usePicture } from './use-picture.ts'

/** The picture of the account, or the initials that stand for it, with the ways to change it. */
export function PictureSection() {
  const { t } = useTexts()
  const { me } = useAccount()
  const text = useProblemText()
  const id = useId()
  const { chosen, problem, outcome, progress, choose, leave, take, remove, undo } = usePicture()
  const said = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // the button that was pressed is gone
    if (outcome) said.current?.focus()
  }, [outcome])
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (file) void choose(file)
    // the same file can be chosen once more
    target.value = ''
  }
  const shown = chosen ? chosen.preview : me.picture

  return (
    <section className="section" aria-labelledby={`${id}-heading`}>
      <header>
        <div>
          <h2 id={`${id}-heading`}>{t('profile:picture.heading')}</h2>
          <p id={`${id}-hint`}>{t('profile:picture.hint')}</p>
        </div>
      </header>
      <div className="body picture">
        <Avatar key={shown} name={me.displayName} of={me.loginName} picture={shown} isLarge />
        <div className="tools">
          {chosen && (
            <Press onPress={take} isBusy={progress !== null} kind="primary" label={t('profile:picture.use')} />
          )}
          <input
            id={id}
            className="unseen"
            type="file"
            accept="image/*"
            aria-invalid={problem !== null}
            aria-describedby={`${id}-error ${id}-hint`}
            onChange={onChange}
          />
          <label htmlFor={id} className="button secondary slim">
            {shown ? t('profile:picture.another') : t('profile:picture.choose')}
          </label>
          {chosen && <Press onPress={leave} label={t('profile:picture.leave')} />}
          {!chosen && me.picture && (
            <Press onPress={remove} isBusy={progress !== null} label={t('profile:picture.remove')} />
          )}
        </div>
        <FieldError id={id} error={problem && text.whole(problem)} />
        {progress !== null && <progress aria-label={t('profile:picture.sending')} value={progress} />}
        <div ref={said} tabIndex={-1} className="outcome">
          <div role="status">{outcome && <Notice kind="success">{t(`profile:picture.${outcome}`)}</Notice>}</div>
          {undo && <Press onPress={undo} isBusy={progress !== null} label={t('profile:picture.undo')} />}
        </div>
      </div>
    </section>
  )
}

type PressProps = { onPress: () => unknown; isBusy?: boolean; kind?: 'primary' | 'quiet'; label: string }

const Press = ({ onPress, isBusy = false, kind = 'quiet', label }: PressProps) => (
  <button className={`button ${kind} slim`} type="button" aria-busy={isBusy} onClick={() => void onPress()}>
    {label}
  </button>
)
