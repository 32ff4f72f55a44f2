import { Fragment, type ReactNode } from 'react'
import { type TextKey, useTexts } from '../i18n.ts'

/** Can not be typed and is refused by the contract, so no name holds it. */
const EDGE = '\u0001'

type Props = { of: TextKey; parts: Record<string, ReactNode> }

/**
 * A text of the catalogue with elements in the place of its placeholders: the language orders them, and the catalogue stays plain text
 * without any markup. A name or address inside is isolated: `parts={{ application: <Name>Ledger</Name> }}`.
 */
export function Sentence({ of: key, parts }: Props) {
  const { t } = useTexts()
  const slots = Object.fromEntries(Object.keys(parts).map((name) => [name, EDGE + name + EDGE]))
  const pieces = (t as (key: string, slots: object) => string)(key, slots).split(EDGE)
  return pieces.map((piece, at) => <Fragment key={piece + String(at)}>{at % 2 ? parts[piece] : piece}</Fragment>)
}

/** A name as data: its own direction, whatever stands around it. */
export const Name = ({ children }: { children: string }) => <bdi>{children}</bdi>
/** An address or login name: left to right always. */
export const Address = ({ children }: { children: string }) => <bdi dir="ltr">{children}</bdi>
