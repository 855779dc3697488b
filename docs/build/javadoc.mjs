// The SDK's javadoc as part of the portal. The JDK's pages bind their tabs with attributes that the daemon's policy forbids;
// a script of our own binds them instead.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { externalise } from './externalise-scripts.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const HANDLER = /\son(click|keydown)="([^"]*)"/g
const TABS = `document.addEventListener('click', (event) => {
  const tab = event.target.closest('[data-click]')
  if (tab !== null) show(...JSON.parse(tab.dataset.click))
})
document.addEventListener('keydown', (event) => {
  if (event.target.closest('[data-keydown]') !== null) switchTab(event)
})
`

/** A page without inline handlers. @param depth folders between the page and the javadoc's root */
export function bound(html, depth) {
  const quiet = html.replace(HANDLER, (whole, type, code) => {
    if (type === 'keydown' && code === 'switchTab(event)') return ' data-keydown'
    const call = /^show\(([^)]*)\)$/.exec(code)
    if (call === null) throw new Error(`javadoc has a handler that is not known here: ${whole}`)
    return ` data-click="${`[${call[1].replaceAll("'", '"')}]`.replaceAll('"', '&quot;')}"`
  })
  return quiet === html ? html : quiet.replace('</head>', `<script src="${'../'.repeat(depth)}tabs.js" defer></script></head>`)
}

function sources(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.java')).map((name) => join(folder, name))
}

if (process.argv[2]) {
  const dist = process.argv[2]
  const generated = `${root}generated-client/target/generated-sources`
  if (!existsSync(generated)) throw new Error('The SDK is not built; run ./cantora build, which builds it before the portal.')
  const home = process.env.JAVA_HOME
  const out = join(dist, 'javadoc')
  mkdirSync(out, { recursive: true })
  const made = spawnSync(home ? join(home, 'bin/javadoc') : 'javadoc', [
    '-quiet', '-notimestamp', '-Xdoclint:all,-missing', '--release', '17', '-d', out, '-windowtitle', 'Cantora Java SDK', '-doctitle', 'Cantora Java SDK',
    '-cp', `${root}api-spec/target/classes:${root}server/cli/target/lib/*`, ...sources(`${root}generated-client/src/main/java`), ...sources(generated),
    ...sources(`${root}api-spec/target/generated-sources`),
  ], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`javadoc: ${made.error ?? made.stderr}`)
  writeFileSync(join(out, 'tabs.js'), TABS)
  for (const name of readdirSync(out, { recursive: true })) {
    if (!name.endsWith('.html')) continue
    const page = bound(readFileSync(join(out, name), 'utf8'), name.split('/').length - 1)
    writeFileSync(join(out, name), externalise(page, (file, code) => writeFileSync(join(dist, file), code)))
  }
}
