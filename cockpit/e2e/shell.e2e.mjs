// Header, errors, themes, keys, security and looks of the whole cockpit.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { connectLive, drawNotes, render, stage } from './stage.mjs';

const TABS = ['score', 'live', 'jam', 'bank'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = path.join(path.dirname(fileURLToPath(import.meta.url)), 'out');
mkdirSync(shots, { recursive: true });

const at = stage();

test('a refusal is shown in full and can be copied', async () => {
  const { page } = at;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.route('**/api/v1/renders', (route) => route.fulfill({
    status: 507,
    json: { ok: false, code: 'RENDER_STORE_FULL', message: 'Render store budget exceeded.', hint: 'Delete or unpin older renders.', requestId: 'req_e2e' },
  }));
  await at.open();
  await page.click('#tab-bank');
  const panel = page.locator('#error-panel');
  await panel.getByText('RENDER_STORE_FULL').waitFor();
  assert.match(await panel.textContent(), /Render store budget exceeded\..*Delete or unpin older renders\..*req_e2e/s);
  await panel.getByRole('button', { name: 'Copy' }).click();
  await panel.getByText('Copied').waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /RENDER_STORE_FULL[\s\S]*requestId: req_e2e/);
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await page.waitForFunction(() => document.querySelector('#error-panel').textContent === '');
});

test('a daemon that goes shows as offline, and as online once it is back', async () => {
  const { page } = at;
  let gone = true;
  await page.route('**/api/v1/health', (route) => (gone ? route.abort() : route.continue()));
  await at.open();
  await page.getByText('Daemon Offline').waitFor();
  await page.locator('#offline', { hasText: 'PORT' }).waitFor();
  gone = false;
  await page.getByText(/^Daemon \d/).waitFor();
  await page.locator('#offline').waitFor({ state: 'detached' });
});

test('a tab whose part of the cockpit is gone says so, and opens after a reload', async () => {
  const { page } = at;
  await page.route('**/assets/LiveTab-*.js', (route) => route.fulfill({ status: 404 }));
  await at.open();
  await page.click('#tab-live');
  await page.locator('#error-panel', { hasText: /COCKPIT_OUTDATED.*Reload the page/s }).waitFor();
  await page.unroute('**/assets/LiveTab-*.js');
  await page.reload();
  await page.locator('#live-connect').waitFor();
});

for (const [path_, there] of [['/', '#engine-panel .voice-card p'], ['/live', '.voice-card p'], ['/bank', '#budget']]) {
  test(`nothing moves at ${path_} when the daemon's answers come late`, async () => {
    const { page } = at;
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value, sources }) => ({
        value, what: sources.map(({ node }) => node?.id || node?.className || node?.nodeName),
      })))).observe({ type: 'layout-shift', buffered: true });
    });
    await page.route('**/api/v1/**', async (route) => { await held; await route.continue(); });
    await at.open(path_);
    await page.locator('[role=tabpanel] button').first().waitFor();
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    letGo();
    await page.locator(there).first().waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await page.evaluate(() => window.shifts.filter(({ value }) => value > 0.001)), []);
  });
}

test('tabs, themes and the list of keys go by keyboard, and the theme stays', async () => {
  const { page } = at;
  await at.open();
  await page.focus('#tab-score');
  await page.keyboard.press('ArrowRight');
  await page.locator('#tab-live[aria-selected=true]').waitFor();
  await page.keyboard.press('Alt+4');
  await page.locator('#tab-bank[aria-selected=true]').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  const theme = page.getByRole('button', { name: /^Theme/ });
  for (let i = 0; i < 3 && await page.evaluate(() => document.documentElement.dataset.theme) !== 'light'; i += 1) await theme.click();
  await page.reload();
  await page.locator('html[data-theme=light]').waitFor();
});

test('the policy is strict, nothing is fetched from elsewhere, and nothing breaks the policy', async () => {
  const { page } = at;
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  const response = await at.open();
  const policy = response.headers()['content-security-policy'];
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:/);
  await drawNotes(page, 1);
  await render(page);
  await page.click('#tab-bank');
  await page.locator('.render-name').first().click();
  await page.locator('#bank-play:not([disabled])').waitFor();
  await page.check('#spectrogram');
  await page.locator('.spectrogram canvas').first().waitFor();
  await connectLive(page);
  await page.click('#enable-midi');
  await page.click('#tab-jam');
  await page.locator('#jam-connect').waitFor();
  const strangers = fetched.filter((url) => !url.startsWith(at.daemon.base) && !/^(blob|data):/.test(url));
  assert.deepEqual(strangers, []);
  assert.deepEqual(at.troubles.filter((line) => /Content Security Policy|Uncaught|Error:/.test(line)), []);
});

for (const theme of ['dark', 'light']) {
  test(`no serious accessibility finding on any tab, ${theme}`, async () => {
    // axe is put into the page as a script; that the policy forbids that is tested above.
    // Colours that are still changing have a contrast of their own: without motion there are none.
    const context = await at.browser.newContext({
      viewport: { width: 1280, height: 800 }, colorScheme: theme, bypassCSP: true, reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(at.daemon.base);
    await page.addScriptTag({ content: axe });
    const check = async (place) => {
      const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document);
        return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
          .map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`);
      });
      assert.deepEqual(found, [], `${place}: ${found.join('; ')}`);
    };
    await check('empty score');
    await drawNotes(page, 1);
    await page.getByRole('button', { name: 'Notes as a list' }).click();
    await page.check('#vibrato-on');
    await page.getByRole('button', { name: 'Advanced' }).click();
    await render(page);
    await check('score');
    await page.keyboard.press('Alt+2');
    await check('live, not connected');
    await connectLive(page);
    await check('live');
    await page.click('#live-disconnect');
    await page.click('#tab-jam');
    await check('jam');
    await page.click('#tab-bank');
    await page.locator('.render-name').first().click();
    await page.locator('#bank-play:not([disabled])').waitFor();
    await check('bank');
    await page.click('#api-key-button');
    await check('key panel');
    await page.keyboard.press('Escape');
    await page.click('#keys-button');
    await check('keys');
    await context.close();
  });
}

for (const [width, height] of [[390, 844], [1280, 800], [1920, 1080]]) {
  test(`fits ${width} by ${height}`, async () => {
    const { page } = at;
    await page.setViewportSize({ width, height });
    await at.open();
    await page.click('#open-example');
    for (const tab of TABS) {
      await page.click(`#tab-${tab}`);
      await page.screenshot({ path: path.join(shots, `${tab}-${width}.png`) });
      const overflow = await page.evaluate(() => {
        const wide = [...document.querySelectorAll('main button, main input, main select')].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
        });
        return { page: document.documentElement.scrollWidth - document.documentElement.clientWidth, controls: wide.map((e) => e.id || e.textContent || e.ariaLabel) };
      });
      assert.deepEqual(overflow, { page: 0, controls: [] }, tab);
    }
  });
}
