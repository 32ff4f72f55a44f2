import { Notice } from '../ui/notice.tsx'

/** What is said when a prompt ended with nothing: that is no error. The live region is there before it. */
export function NoKey({ why }: { why: string | null }) {
  return (
    <div role="status" className="announce">
      {why !== null && <Notice>{why}</Notice>}
    </div>
  )
}
