// VitePress writes a few small inline scripts (dark mode, platform) into every page; the daemon's Content Security
// Policy allows none. Each becomes a file of its own, named by its hash.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const BASE = '/docs/'
const INLINE = /<script(?<attributes>(?:\s[^>]*)?)>(?<code>(?:(?!<\/script>)[\s\S])+)<\/script>/g

export function externalise(html, write) {
  return html.replace(INLINE, (whole, ...rest) => {
    const { attributes, code } = rest.at(-1)
    if (/\ssrc=|type="application\/(ld\+)?json"/.test(attributes)) return whole
    const name = `assets/inline.${createHash('sha256').update(code).digest('hex').slice(0, 12)}.js`
    write(name, code)
    return `<script${attributes} src="${BASE}${name}"></script>`
  })
}

if (process.argv[2]) {
  const dist = process.argv[2]
  mkdirSync(join(dist, 'assets'), { recursive: true })
  for (const file of readdirSync(dist, { recursive: true })) {
    if (!file.endsWith('.html')) continue
    const path = join(dist, file)
    writeFileSync(path, externalise(readFileSync(path, 'utf8'), (name, code) => writeFileSync(join(dist, name), code)))
  }
}
