const CHANNEL = 'vestibule-reset'

/** Tells the other tabs of this browser that the link of a message was pressed for this request. Nothing secret is said. */
export function tellOtherTabs(request: string): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(request)
  channel.close()
}

/** Hears of it, and looks again whenever the page comes back into sight, until it is told to stop. */
export function onOtherTabs(request: string, look: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (data === request) look()
  })
  const onSight = () => {
    if (document.visibilityState === 'visible') look()
  }
  document.addEventListener('visibilitychange', onSight)
  return () => {
    channel.close()
    document.removeEventListener('visibilitychange', onSight)
  }
}
