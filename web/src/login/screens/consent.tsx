import { PasswordEnds } from '../../forms/password-ends.tsx'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { HttpsLink } from '../../ui/https-link.tsx'
import { DoorIcon, LinkIcon } from '../../ui/icons.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { Reasons } from '../reasons.tsx'
import { ApplicationMark } from './application-mark.tsx'
import { Scopes } from './scopes.tsx'

/** Asks whether an application may have what it asks for. */
export function ConsentScreen({ step, answer, send }: ScreenProps<'consent'>) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit((form) =>
    send('consent', { allow: form.get('decision') === 'allow' }),
  )
  const { application } = answer
  const place = placeOf(answer)
  const heading = t('login:consent.heading', { application: place })
  useTitle(heading, place, problem !== null)
  const name = <Name>{place}</Name>

  return (
    <>
      <p className="meeting" aria-hidden="true">
        <ApplicationMark name={place} logo={application?.logo} />
        <LinkIcon />
        <span className="glyph arch">
          <DoorIcon />
        </span>
      </p>
      <Head
        heading={<Sentence of="login:consent.heading" parts={{ application: name }} />}
        lead={
          <Sentence
            of="login:consent.lead"
            parts={{
              application: <strong>{name}</strong>,
              organization: <Name>{application?.organization ?? place}</Name>,
            }}
          />
        }
      >
        <Reasons answer={answer} />
        <PasswordEnds at={answer.passwordEndsAt} />
      </Head>
      <form className="stack wide" onSubmit={onSubmit} noValidate>
        <Scopes scopes={step.scopes} />
        <FormProblem problem={problem} />
        <div className="pair">
          <button className="button secondary" type="submit" name="decision" value="cancel">
            {t('login:consent.cancel')}
          </button>
          <button className="button primary" type="submit" name="decision" value="allow" aria-busy={pending}>
            {t('login:consent.allow')}
          </button>
        </div>
        <div className="hint stack tight">
          <p>
            <Sentence of="login:consent.safe" parts={{ application: name }} />
          </p>
          {(['privacy', 'terms'] as const).map((kind) => (
            <HttpsLink key={kind} to={application?.[kind]}>
              <Sentence of={`login:consent.${kind}`} parts={{ application: name }} />
            </HttpsLink>
          ))}
        </div>
      </form>
    </>
  )
}
