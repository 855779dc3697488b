// What every browser test begins with: a daemon, a browser, a fresh page, and what users do again and again.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach } from 'node:test';
import { launchBrowser, newPage } from './browser.mjs';
export { newTouchPage } from './browser.mjs';
import { startDaemon } from './daemon.mjs';

/** Registers the hooks of a test file. The answer's `page` is a new one for each test; `prepare` runs once before all. */
export function stage(prepare = async () => undefined) {
  const now = {
    daemon: undefined, browser: undefined, page: undefined,
    /** What the browser wrote to its console as an error, and uncaught exceptions. */
    troubles: [],
    open: (path = '/') => now.page.goto(`${now.daemon.base}${path}`),
    text: (selector) => now.page.locator(selector).textContent(),
  };
  before(async () => {
    [now.daemon, now.browser] = await Promise.all([startDaemon(), launchBrowser()]);
    await prepare(now);
  });
  after(async () => {
    await now.browser?.close();
    await now.daemon?.stop();
  });
  beforeEach(async () => {
    now.page = await newPage(now.browser);
    now.troubles = [];
    now.page.on('pageerror', (problem) => now.troubles.push(String(problem)));
    now.page.on('console', (line) => { if (line.type() === 'error') now.troubles.push(line.text()); });
  });
  afterEach(async () => { await now.page.context().close(); });
  return now;
}

/** Notes by clicks on the roll, 100 px (a second) apart, on a row of its own each. */
export async function drawNotes(page, count, { x = 60, y = 150, stepY = 14 } = {}) {
  const box = await page.locator('#piano-roll').boundingBox();
  for (let i = 0; i < count; i += 1) await page.mouse.click(box.x + x + 100 * i, box.y + y + stepY * (i % 3));
}

export async function render(page) {
  await page.click('#render');
  await page.waitForFunction(() => /Done|Failed/.test(document.querySelector('#render-progress')?.textContent ?? ''));
  assert.match(await page.locator('#render-progress').textContent(), /Done/);
}

/** Renders what is on the roll and keeps it in the bank. */
export async function renderAs(page, name) {
  await render(page);
  await page.click('#save-render');
  await page.fill('#ask-input', name);
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'detached' }).catch(() => undefined);
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
}

/** The score as the cockpit keeps it in this browser, once the autosave has one that fits. */
export async function savedScore(page, fits = () => true) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { score } = JSON.parse(await page.evaluate(() => localStorage.getItem('cantora.score')) ?? '{}');
    if (score !== undefined && fits(score)) return score;
    assert.ok(Date.now() < deadline, `the saved score never fitted: ${JSON.stringify(score)}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/** Puts a score into the editor as a dropped file does. */
export async function dropFile(page, name, bytes, target = '.score') {
  const transfer = await page.evaluateHandle(([file, base64]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], file));
    return data;
  }, [name, Buffer.from(bytes).toString('base64')]);
  await page.dispatchEvent(target, 'drop', { dataTransfer: transfer });
}

/** Lays a score of the wire on the roll. */
export async function openScore(page, score) {
  await dropFile(page, 'score.json', JSON.stringify(score));
  await page.waitForFunction((count) => document.querySelector('#piano-roll').ariaLabel.includes(`${count} note`), score.notes.length);
}

/** What the page sends over its sockets, as it goes. */
export function sentOn(page) {
  const sent = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => { if (typeof payload === 'string') sent.push(JSON.parse(payload)); }));
  return sent;
}

export async function until(true_, what) {
  const deadline = Date.now() + 60_000;
  while (!true_()) {
    assert.ok(Date.now() < deadline, `never happened: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

export async function connectLive(page) {
  await page.click('#tab-live');
  await page.click('#live-connect');
  await page.locator('#live-badge').getByText('Connected', { exact: true }).waitFor();
}

/** What a download holds. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
