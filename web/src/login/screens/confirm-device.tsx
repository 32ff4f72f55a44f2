import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { LinkIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { Scopes } from './scopes.tsx'

/** Asks whether a device is let in. Whoever was given its code by somebody else is warned before. */
export function ConfirmDeviceScreen({ step, answer, send }: ScreenProps<'confirm_device'>) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit((form) =>
    send('consent', { allow: form.get('decision') === 'allow' }),
  )
  const place = placeOf(answer)
  const heading = t('device:confirm.heading')
  useTitle(heading, place, problem !== null)

  return (
    <>
      <Head
        icon={<LinkIcon />}
        heading={heading}
        lead={
          <Sentence
            of="device:confirm.lead"
            parts={{
              application: (
                <strong>
                  <Name>{place}</Name>
                </strong>
              ),
              organization: <Name>{answer.application?.organization ?? place}</Name>,
            }}
          />
        }
      />
      <form className="stack wide" onSubmit={onSubmit} noValidate>
        <Scopes scopes={step.scopes} />
        <div className="stack tight">
          <p>{t('device:confirm.compare')}</p>
          <p className="shown-code">
            <bdi dir="ltr">{step.userCode}</bdi>
          </p>
        </div>
        <Notice kind="warning">{t('device:confirm.warning')}</Notice>
        <FormProblem problem={problem} />
        <div className="pair long">
          <button className="button secondary" type="submit" name="decision" value="cancel">
            {t('device:confirm.cancel')}
          </button>
          <button className="button primary" type="submit" name="decision" value="allow" aria-busy={pending}>
            {t('device:confirm.allow')}
          </button>
        </div>
      </form>
    </>
  )
}
