import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactElement } from 'react'

type Props = {
  /** The button that asks, without its text. */
  trigger: ReactElement
  label: string
  title: string
  text: string
  keep: string
  confirm: string
  onConfirm: () => void
}

/** A button that asks once more before something that can not be taken back. The way out of the question is the first button. */
export function Confirm({ trigger, label, title, text, keep, confirm, onConfirm }: Props) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger render={trigger}>{label}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description className="soft">{text}</AlertDialog.Description>
          <div className="pair">
            <AlertDialog.Close className="button secondary">{keep}</AlertDialog.Close>
            <AlertDialog.Close className="button destroy" onClick={onConfirm}>
              {confirm}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
