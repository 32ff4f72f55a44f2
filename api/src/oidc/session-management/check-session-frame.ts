import { hash } from 'node:crypto'

/**
 * The script of the frame (OpenID Connect Session Management 1.0, 3.2). It answers whoever asks, at their own origin, whether what they
 * hold still fits the cookie of this browser, and knows nothing else.
 */
const scriptFor = (cookie: string) => `const states={true:'unchanged',false:'changed'}
const browserState=()=>(document.cookie.split('; ').find((pair)=>pair.startsWith('${cookie}='))??'').slice(${cookie.length + 1})
async function check(message,origin){
const [,clientId,known,salt]=/^([^ ]+) ([0-9a-f]{64})\\.([\\w-]+)$/.exec(message)??[]
if(!clientId)return 'error'
const text=new TextEncoder().encode([clientId,origin,browserState(),salt].join(' '))
const digest=[...new Uint8Array(await crypto.subtle.digest('SHA-256',text))].map((byte)=>byte.toString(16).padStart(2,'0')).join('')
return states[digest===known]
}
addEventListener('message',({data,origin,source})=>{
if(typeof data!=='string'||data.length>1024||!source||!/^https?:/.test(origin))return
check(data,origin).catch(()=>'error').then((answer)=>source.postMessage(answer,origin))
})`

/** The page, the same for everybody, and the policy it comes with: the one page of ours that others may frame. */
export function checkSessionFrame(cookie: string): { html: string; policy: string } {
  const script = scriptFor(cookie)
  const source = `'sha256-${hash('sha256', script, 'base64')}'`
  return {
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>…</title></head><body><script>${script}</script></body></html>`,
    policy: `default-src 'none'; script-src ${source}; base-uri 'none'; frame-ancestors *`,
  }
}
