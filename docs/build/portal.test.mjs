import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import test from 'node:test'
import { parse } from 'yaml'

const docs = fileURLToPath(new URL('..', import.meta.url))
const dist = `${docs}dist/`
const pages = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.html'))
const html = new Map(pages.map((name) => [name, readFileSync(dist + name, 'utf8')]))

test('no page holds an inline script, so the strict policy allows every page', () => {
  for (const [name, text] of html) {
    for (const [, attributes, code] of text.matchAll(/<script(\s[^>]*)?>([\s\S]*?)<\/script>/g)) {
      assert.ok(/\ssrc=/.test(attributes ?? '') || code.trim() === '', `${name}: ${code.slice(0, 80)}`)
    }
    assert.ok(!/\son[a-z]+="/.test(text), `${name} has an inline handler`)
  }
})

test('every link and asset inside the portal exists', () => {
  for (const [name, text] of html) {
    for (const [, target] of text.matchAll(/(?:href|src)="(\/docs\/[^"#?]*)/g)) {
      const path = decodeURIComponent(target.slice('/docs/'.length)) || 'index.html'
      assert.ok([path, `${path}.html`, `${path}index.html`].some((candidate) => existsSync(dist + candidate)),
        `${name} points at ${target}`)
    }
  }
})

// Whether they answer cannot be asked here: tests have no network. A new one is followed by hand once and then entered.
const OUTWARD_HOSTS = new Set(['docs.nats.io', 'docs.oracle.com'])

test('links to other hosts are few, known, and over https', () => {
  for (const [name, text] of html) {
    for (const [, target] of text.matchAll(/<a\s[^>]*href="((?:[a-z][a-z0-9+.-]*:)?\/\/[^"]*)"/gi)) {
      const url = new URL(target, 'https://same.invalid')
      const own = url.origin === 'http://localhost:4321'
      assert.ok(own || (url.protocol === 'https:' && url.port === '' && url.username === '' && OUTWARD_HOSTS.has(url.hostname)),
        `${name} points at ${target}`)
    }
  }
})

test('no page loads anything from another host', () => {
  for (const [name, text] of html) {
    assert.ok(!/<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?\/\//.test(text), name)
  }
})

test('the page of error codes has every code of the catalogue', () => {
  const { codes } = parse(readFileSync(`${docs}../api-spec/errors.yaml`, 'utf8'))
  const page = html.get('handbook/error-codes.html')
  for (const { code } of codes) assert.ok(page.includes(`<code>${code}</code>`), code)
})

test('the socket reference shows every message with an example that its schema has the fields of', () => {
  const page = readFileSync(`${docs}reference/sockets.md`, 'utf8')
  const { components } = parse(readFileSync(`${docs}../api-spec/asyncapi.yaml`, 'utf8'))
  const sections = new Map(page.split(/^### /m).slice(1).map((section) => [section.split('\n')[0], section]))
  for (const { name } of Object.values(components.messages)) {
    const section = sections.get(name)
    assert.ok(section !== undefined, name)
    const example = /```json\n(.*)\n```/.exec(section)?.[1]
    if (example === undefined) continue
    const message = JSON.parse(example)
    for (const field of Object.keys(message)) assert.ok(section.includes(`| \`${field}\``), `${name}.${field}`)
    if (message.type !== undefined) assert.equal(message.type, name)
  }
  assert.ok(!page.includes('&#123;1,'), 'patterns are shown as they are')
})

test('the javadoc of the SDK is there, and its tabs need no inline handler', () => {
  const page = html.get('javadoc/dev/cantora/client/Cantora.html')
  assert.match(page, /data-click="\[&quot;method-summary-table&quot;/)
  assert.match(page, /<script src="\.\.\/\.\.\/\.\.\/tabs\.js" defer>/)
  assert.ok(existsSync(`${dist}javadoc/tabs.js`))
})
