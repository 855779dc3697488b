// The portal as people use it: a real browser, the daemon's own Content Security Policy, no network but the daemon.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import test, { after, before } from 'node:test'
import { launchBrowser, newPage, newTouchPage } from '../../cockpit/e2e/browser.mjs'
import { startDaemon } from '../../cockpit/e2e/daemon.mjs'

const docs = fileURLToPath(new URL('..', import.meta.url))
const shots = `${docs}.vitepress/cache/shots`
let daemon
let browser

before(async () => {
  [daemon, browser] = await Promise.all([startDaemon({ CANTORA_DOCS_DIR: `${docs}dist` }), launchBrowser()])
  mkdirSync(shots, { recursive: true })
})
after(async () => {
  await browser?.close()
  await daemon?.stop()
})

/** A page that keeps what the browser complains of, and whom it asked. */
async function open(t, path, make = newPage) {
  const page = await make(browser)
  t.after(() => page.context().close())
  const troubles = []
  page.on('pageerror', (problem) => troubles.push(String(problem)))
  page.on('console', (line) => { if (line.type() === 'error') troubles.push(line.text()) })
  page.on('response', (response) => { if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`) })
  page.on('request', (request) => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(daemon.base)) troubles.push(request.url()) })
  await page.goto(`${daemon.base}${path}`)
  return { page, troubles }
}

test('search finds a setting and leads to its page', async (t) => {
  const { page, troubles } = await open(t, '/docs/')
  await page.getByRole('button', { name: /search/i }).first().click()
  await page.locator('.VPLocalSearchBox input').fill('RATE_LIMIT_RPM')
  await page.locator('.VPLocalSearchBox .result').first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/docs\/handbook\//)
  await page.getByText('RATE_LIMIT_RPM').first().waitFor()
  assert.deepEqual(troubles, [])
})

test('the REST reference tries an operation out against this daemon', async (t) => {
  const { page, troubles } = await open(t, '/docs/reference/rest.html')
  const operation = page.locator('.opblock', { has: page.getByText('/capabilities', { exact: true }) })
  await operation.locator('.opblock-summary').click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table')
  await answer.getByText('default-voice').first().waitFor()
  assert.match(await answer.textContent(), /200/)
  assert.deepEqual(troubles, [])
})

test('pages that name no icon get one', async () => {
  const answer = await fetch(`${daemon.base}/favicon.ico`)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'image/x-icon')
})

for (const [where, make] of [['a wide screen', newPage], ['a phone', newTouchPage]]) {
  test(`the menu leads to the cockpit and to the Javadoc on ${where}`, async (t) => {
    const { page, troubles } = await open(t, '/docs/handbook/live.html', make)
    const follow = async (name) => {
      if (make === newTouchPage) await page.getByRole('button', { name: 'mobile navigation' }).click()
      await page.getByRole('link', { name, exact: true }).click()
    }
    await follow('Javadoc')
    await page.waitForURL(/\/docs\/javadoc\/index\.html$/)
    await page.goBack()
    await follow('Cockpit')
    await page.waitForURL(`${daemon.base}/`)
    await page.locator('#tab-score').waitFor()
    assert.deepEqual(troubles, [])
  })
}

const PAGES = ['/docs/', '/docs/handbook/getting-started.html', '/docs/handbook/error-codes.html', '/docs/handbook/configuration.html',
  '/docs/handbook/sdk.html', '/docs/reference/sockets.html', '/docs/reference/rest.html', '/docs/decisions/index.html']

for (const [size, make] of [['phone', newTouchPage], ['desktop', newPage]]) {
  test(`pages fit a ${size}`, async (t) => {
    const { page, troubles } = await open(t, '/docs/', make)
    for (const path of PAGES) {
      await page.goto(`${daemon.base}${path}`)
      await page.locator('h1, .rest-reference .opblock').first().waitFor()
      if (path.includes('/reference/rest')) await page.locator('.opblock').first().waitFor()
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.ok(beyond <= 0, `${path} scrolls sideways by ${beyond} px`)
      await page.screenshot({ path: `${shots}/${size}-${path.slice(6).replaceAll('/', '-') || 'index'}.png` })
    }
    assert.deepEqual(troubles, [])
  })
}
