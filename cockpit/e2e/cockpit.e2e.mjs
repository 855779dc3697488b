// The cockpit in a real browser against a real daemon. Run by `npm run test:e2e`.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launchBrowser, newPage } from './browser.mjs';
import { startDaemon } from './daemon.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = path.join(here, 'out');
mkdirSync(shots, { recursive: true });

let daemon;
let browser;
let page;

before(async () => { [daemon, browser] = await Promise.all([startDaemon(), launchBrowser()]); });
after(async () => {
  await browser?.close();
  await daemon?.stop();
});
beforeEach(async () => { page = await newPage(browser); });
afterEach(async () => { await page.context().close(); });

const open = () => page.goto(`${daemon.base}/`);
const text = (selector) => page.locator(selector).textContent();

async function drawNotes(count) {
  const box = await page.locator('#piano-roll').boundingBox();
  for (let i = 0; i < count; i += 1) await page.mouse.click(box.x + 60 + 100 * i, box.y + 150 + 14 * (i % 3));
}

async function render() {
  await page.click('#render');
  await page.waitForFunction(() => /Done|Failed/.test(document.querySelector('#render-progress')?.textContent ?? ''));
  assert.match(await text('#render-progress'), /Done/);
}

async function seriousFindings() {
  await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document);
    return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  });
}

test('a score is written, sung, saved and found in the bank', async () => {
  await open();
  await page.getByText(/^Daemon /).waitFor();
  await drawNotes(3);
  await page.fill('#lyrics', 'amazing');
  await page.click('#lay-words');
  await page.waitForFunction(() => document.querySelector('#lyrics').value === '');
  await render();
  await page.click('#save-render');
  await page.fill('#ask-input', 'First <b>song</b>');
  await page.keyboard.press('Enter');
  await page.click('#tab-bank');
  await page.locator('.render-name', { hasText: 'First <b>song</b>' }).first().click();
  await page.locator('#bank-play:not([disabled])').waitFor();
  assert.equal(await page.locator('#render-list b').count(), 0, 'names are text, never HTML');
  assert.equal((await text('#error-panel')).trim(), '');
});

test('undo and redo', async () => {
  await open();
  await drawNotes(2);
  const label = () => page.locator('#piano-roll').getAttribute('aria-label');
  assert.match(await label(), /2 notes/);
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => document.querySelector('#piano-roll').ariaLabel.includes('1 note'));
  await page.keyboard.press('Control+y');
  await page.waitForFunction(() => document.querySelector('#piano-roll').ariaLabel.includes('2 notes'));
});

test('the first 401 opens the API key panel', async () => {
  await page.route('**/api/v1/renders', (route) => route.fulfill({
    status: 401, json: { ok: false, code: 'UNAUTHORIZED', message: 'Authentication is required.', hint: 'Send a bearer.', requestId: 'req_e2e' },
  }));
  await open();
  await page.click('#tab-bank');
  await page.fill('#api-key', 'a-key');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => localStorage.getItem('vocalsynth.authToken')), 'a-key');
  assert.match(await text('#error-panel'), /UNAUTHORIZED.*req_e2e/s);
});

test('a daemon that is gone shows as offline', async () => {
  await page.route('**/api/v1/health', (route) => route.abort());
  await open();
  await page.getByText('Daemon Offline').waitFor();
});

test('a daemon without voices says so', async () => {
  await page.route('**/api/v1/presets', (route) => route.fulfill({ json: { ok: true, presets: [], degraded: true } }));
  await open();
  await page.getByText('No voices on server').waitFor();
});

test('a missing worklet is named', async () => {
  // Requests of worklets pass no interception; asking for a file that is not there comes to the same.
  await page.addInitScript(() => {
    const original = AudioWorklet.prototype.addModule;
    AudioWorklet.prototype.addModule = function addMissing() { return original.call(this, '/no-such-worklet.js'); };
  });
  await open();
  await page.click('#tab-live');
  await page.click('#live-connect');
  await page.getByText('pcm-worklet.js could not be loaded from /pcm-worklet.js').waitFor();
});

for (const [code, reason, message] of [[4001, 'Unauthorized', /rejected your key/], [4002, 'Server full (4/4)', /Server full \(4\/4\)/]]) {
  test(`close code ${code} is explained`, async () => {
    await page.routeWebSocket('**/ws', (socket) => socket.close({ code, reason }));
    await open();
    await page.click('#tab-live');
    await page.click('#live-connect');
    await page.locator('#error-panel', { hasText: message }).waitFor();
  });
}

test('a key sounds at its pitch, and a take is kept', async () => {
  await page.addInitScript(() => {
    const { connect } = AudioNode.prototype;
    AudioNode.prototype.connect = function remember(...to) {
      if (this instanceof AnalyserNode) globalThis.heard = this;
      return connect.apply(this, to);
    };
  });
  await open();
  await page.click('#tab-live');
  await page.click('#live-connect');
  await page.locator('#live-badge', { hasText: 'Connected' }).filter({ hasNotText: 'Not' }).waitFor();
  const key = await page.locator('#key-n').boundingBox();
  await page.mouse.move(key.x + key.width / 2, key.y + key.height - 20);
  await page.mouse.down();
  // A4 on a busy machine may come in pieces: it is enough that it is once heard whole.
  await page.waitForFunction(() => {
    const samples = new Float32Array(2048);
    globalThis.heard?.getFloatTimeDomainData(samples);
    let [best, lag] = [0.5, 0];
    for (let shift = 60; shift < 200; shift += 1) {
      let sum = 0;
      for (let i = 0; i < 1800; i += 1) sum += samples[i] * samples[i + shift];
      if (sum > best) [best, lag] = [sum, shift];
    }
    return lag > 0 && Math.abs(globalThis.heard.context.sampleRate / lag - 440) < 5;
  });
  await page.mouse.up();
  await page.click('#btn-record');
  await page.locator('#btn-record', { hasText: 'Stop' }).click();
  await page.locator('#ask-input').waitFor();
});

test('a jam is opened, a track added and its keys armed', async () => {
  await open();
  await page.click('#tab-jam');
  await page.fill('#jam-name', 'Ada <i>L</i>');
  await page.click('#jam-connect');
  await page.click('#jam-create');
  await page.locator('.person', { hasText: 'Ada <i>L</i>' }).waitFor();
  await page.click('#jam-add-track');
  await page.getByText('My keys play this').waitFor();
  await page.click('#jam-record');
  await page.getByText('Stop recording').waitFor();
});

test('a browser without WebMIDI is told what to use', async () => {
  await page.addInitScript(() => { delete Navigator.prototype.requestMIDIAccess; });
  await open();
  await page.click('#tab-live');
  await page.click('#enable-midi');
  await page.getByText('Firefox does not; use Chrome').waitFor();
});

test('no serious accessibility finding on any tab', async () => {
  await page.route('**/*', async (route) => {
    // axe is put into the page as a script; the policy that forbids that is tested by every other case.
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    const { 'content-security-policy': _policy, ...headers } = response.headers();
    return route.fulfill({ response, headers });
  });
  await open();
  await drawNotes(1);
  for (const tab of ['score', 'live', 'jam', 'bank']) {
    await page.click(`#tab-${tab}`);
    assert.deepEqual(await seriousFindings(), [], tab);
  }
});

for (const [width, height] of [[390, 844], [1280, 800], [1920, 1080]]) {
  test(`fits ${width} by ${height}`, async () => {
    await page.setViewportSize({ width, height });
    await open();
    for (const tab of ['score', 'live', 'jam', 'bank']) {
      await page.click(`#tab-${tab}`);
      await page.screenshot({ path: path.join(shots, `${tab}-${width}.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${tab} is ${overflow} px too wide`);
    }
  });
}
