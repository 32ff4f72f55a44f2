import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnTrustedDevice, OwnTrustedDevices } from '@vestibule/shared/contract/own-trusted-devices.ts'
import { useRef } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { LaptopIcon } from '../../ui/icons.tsx'
import { useDoing } from '../account-context.tsx'
import { call, trustedQuery } from '../api.ts'
import { useSessionWords } from '../sessions/session-words.ts'

/** Where no second check is asked for. Nothing is shown where there is none and can be none. */
export function TrustedDevices() {
  const { data } = useQuery(trustedQuery)
  return data && (data.isAllowed || data.devices.length > 0) ? <List trusted={data} /> : null
}

function List({ trusted: { devices } }: { trusted: OwnTrustedDevices }) {
  const { t } = useTexts()
  const words = useSessionWords()
  const run = useDoing('security')
  const queries = useQueryClient()
  const heading = useRef<HTMLHeadingElement>(null)
  const remove = useMutation({
    mutationFn: (device: OwnTrustedDevice | 'all') =>
      run(call('post /api/me/trusted-devices/remove', { body: { id: device === 'all' ? device : device.id } })),
    onSuccess: (left) => {
      queries.setQueryData(trustedQuery.queryKey, left)
      // the button that was pressed is gone
      heading.current?.focus()
    },
    onError: () => queries.invalidateQueries({ queryKey: trustedQuery.queryKey }),
  })
  const gone = remove.isSuccess ? remove.variables : null

  return (
    <section className="section">
      <header>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {t('trusted:title')}
          </h2>
          <p>{devices.length > 0 ? t('trusted:hint') : t('trusted:none')}</p>
        </div>
        {devices.length > 1 && (
          <button className="button secondary slim" type="button" onClick={() => remove.mutate('all')}>
            {t('trusted:remove_all')}
          </button>
        )}
      </header>
      <p className="unseen" role="status">
        {gone === 'all' && t('trusted:removed_all')}
        {gone !== null && gone !== 'all' && t('trusted:removed', { device: words.device(gone) })}
      </p>
      <FormProblem problem={remove.error && asProblem(remove.error)} />
      {devices.length > 0 && (
        <ul className="rows">
          {devices.map((device) => (
            <Row key={device.id} device={device} onRemove={() => remove.mutate(device)} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ device, onRemove }: { device: OwnTrustedDevice; onRemove: () => void }) {
  const { t } = useTexts()
  const words = useSessionWords()
  const since = words.day(device.trustedAt)
  return (
    <li className="row wrap">
      <span className="glyph" aria-hidden="true">
        <LaptopIcon />
      </span>
      <span className="grow">
        <strong>{words.device(device)}</strong>
        {device.current && <small>{t('trusted:here')}</small>}
        <small>{t('trusted:since', { date: since })}</small>
        <small>{t('trusted:until', { date: words.day(device.until) })}</small>
      </span>
      <button
        className="button quiet slim edge"
        type="button"
        aria-label={t('trusted:remove_named', { device: words.device(device), date: since })}
        onClick={onRemove}
      >
        {t('trusted:remove')}
      </button>
    </li>
  )
}
