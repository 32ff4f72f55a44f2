import { Menu } from '@base-ui/react/menu'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FormProblem } from '../forms/submit.tsx'
import { useTexts } from '../i18n.ts'
import { asProblem } from '../problem-answer.ts'
import { AccountSummary } from '../ui/account-summary.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { DoorIcon, DownIcon, PlusIcon } from '../ui/icons.tsx'
import { Address, Name } from '../ui/sentence.tsx'
import { useAccount } from './account-context.tsx'
import { accountsQuery, call } from './api.ts'
import { entering } from './signed-in.ts'

/** Whose account this is, the others of this browser, and the way out. */
export function AccountMenu() {
  const { t } = useTexts()
  const { me, go } = useAccount()
  const { data: accounts = [] } = useQuery(accountsQuery)
  const leave = useMutation({
    mutationFn: (work: () => Promise<{ redirect: string }>) => entering(work(), 'overview', go),
    onSuccess: ({ redirect }) => go(redirect),
  })
  const switchTo = (session: string | null) => leave.mutate(() => call('post /api/me/switch', { body: { session } }))
  const others = accounts.filter(({ current }) => !current)

  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="button slim me" aria-label={t('account:menu.label', { name: me.displayName })}>
          <Avatar name={me.displayName} of={me.loginName} picture={me.picture} />
          <Name>{me.displayName}</Name>
          <DownIcon />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="menu-place" align="end" sideOffset={8}>
            <Menu.Popup className="menu">
              <div className="who">
                <small>{t('account:menu.current')}</small>
                <strong>
                  <Name>{me.displayName}</Name>
                </strong>
                <small>
                  <Address>{me.loginName}</Address> · <Name>{me.organization}</Name>
                </small>
              </div>
              {others.map((account) => {
                const state = t(`common:states.${account.state}`)
                const { session, displayName: name, loginName, organization } = account
                return (
                  <Menu.Item
                    key={session}
                    className="row"
                    aria-label={t('account:menu.switch_to', { name, loginName, organization, state })}
                    onClick={() => switchTo(session)}
                  >
                    <AccountSummary account={account} />
                  </Menu.Item>
                )
              })}
              <Menu.Item className="row" onClick={() => switchTo(null)}>
                <PlusIcon />
                <span className="grow">{t('account:menu.another')}</span>
              </Menu.Item>
              <Menu.Item
                className="row"
                onClick={() => leave.mutate(() => call('post /api/me/sign-out', { body: {} }))}
              >
                <DoorIcon />
                <span className="grow">{t('common:sign_out')}</span>
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <FormProblem problem={leave.error && asProblem(leave.error)} />
    </>
  )
}
