import type { OwnProfile } from '@vestibule/shared/contract/profile.ts'
import { useEffect, useRef } from 'react'
import { ErrorSummary } from '../../forms/error-summary.tsx'
import { Submit } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { Notice } from '../../ui/notice.tsx'
import { AboutFields } from './about-fields.tsx'
import { AddressFields } from './address-fields.tsx'
import { NameFields } from './name-fields.tsx'
import { useProfileForm } from './use-profile-form.ts'

/** Everything one says about oneself, saved at once: what was not touched stays as it is. */
export function ProfileForm({ profile }: { profile: OwnProfile }) {
  const { t } = useTexts()
  const { form, fields, problem, outcome, submit, returned } = useProfileForm(profile)
  const element = useRef<HTMLFormElement>(null)
  const { isSubmitting, submitCount } = form.formState
  // each time it was sent and something is wrong: to the summary, or to the only field
  useEffect(() => {
    const wrong = element.current?.querySelector<HTMLElement>('.summary, [aria-invalid=true]')
    if (submitCount > 0) wrong?.focus()
  }, [submitCount])

  return (
    <form className="stack wide" noValidate ref={element} onSubmit={(event) => void submit(event)}>
      {returned && outcome === null && <Notice kind="success">{t('account:returned')}</Notice>}
      <ErrorSummary fields={fields} />
      <NameFields form={form} />
      <AboutFields form={form} />
      <AddressFields form={form} />
      <div role="status" className="announce">
        {outcome && <Notice kind="success">{t(`profile:${outcome}`)}</Notice>}
      </div>
      <div className="ends">
        <Submit pending={isSubmitting} problem={problem}>
          {t('common:save')}
        </Submit>
      </div>
    </form>
  )
}
