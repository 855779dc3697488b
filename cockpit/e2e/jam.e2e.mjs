// The Jam tab in real browsers against a real daemon: two players and somebody who watches.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newPage } from './browser.mjs';
import { downloaded, newTouchPage, sentOn, stage, until } from './stage.mjs';

const at = stage();
const out = path.join(path.dirname(fileURLToPath(import.meta.url)), 'out');

async function enter(page, name) {
  await page.goto(`${at.daemon.base}/`);
  await page.click('#tab-jam');
  await page.fill('#jam-name', name);
  await page.click('#jam-connect');
  await page.locator('#jam-create').waitFor();
}

async function create(page, room) {
  await page.fill('#jam-room-name', room);
  await page.click('#jam-create');
  await page.locator('#jam-leave').waitFor();
}

/** Somebody else, in a browser profile of their own. */
async function another(name, t) {
  const page = await newPage(at.browser);
  t.after(() => page.context().close());
  await enter(page, name);
  return page;
}

test('a jam is opened, a track added and its keys armed', async () => {
  const { page } = at;
  await enter(page, 'Ada <i>L</i>');
  await page.click('#jam-create');
  await page.locator('.person', { hasText: 'Ada <i>L</i>' }).waitFor();
  await page.click('#jam-add-track');
  await page.getByText('My keys play this').waitFor();
  await page.click('#jam-record');
  await page.getByText('Stop recording').waitFor();
});

test('nothing moves under the hand once the round trip is known', async () => {
  const { page } = at;
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  await page.routeWebSocket('**/ws/jam', (client) => {
    const server = client.connectToServer();
    server.onMessage(async (message) => {
      if (typeof message === 'string' && message.includes('"jam_pong"')) {
        await released;
        await new Promise((resolve) => { setTimeout(resolve, 300); });
      }
      client.send(message);
    });
    client.onMessage((message) => server.send(message));
  });
  await enter(page, 'Ada');
  await create(page, 'Still');
  await page.getByText('Measuring how far away the daemon is.').waitFor();
  const places = async () => {
    const all = [];
    for (const [width, height] of [[390, 844], [1280, 800], [1920, 1080]]) {
      await page.setViewportSize({ width, height });
      all.push(await page.evaluate(() => ['#jam-add-track', '#jam-record', '#jam-leave', '#jam-say']
        .map((id) => document.querySelector(id).getBoundingClientRect().toJSON())));
    }
    return all;
  };
  const before = await places();
  release();
  await page.getByText('Too far away to play in time.').waitFor();
  assert.deepEqual(await places(), before);
});

/** Puts a line between the page and the daemon that can be cut. @param end whether the daemon hears of a cut */
async function cutLine(page, end) {
  const line = { isCut: false, cut: () => undefined };
  await page.routeWebSocket('**/ws/jam', (client) => {
    if (line.isCut) {
      client.close({ code: 1011 });
      return;
    }
    const server = client.connectToServer();
    line.cut = () => {
      line.isCut = true;
      if (end) server.close();
      client.close({ code: 1011 });
    };
  });
  return line;
}

test('while the line is cut nothing can be pressed in vain, and the room can be left', async () => {
  const { page } = at;
  const line = await cutLine(page, false);
  await enter(page, 'Ada');
  await create(page, 'Cut off');
  assert.equal(await page.locator('.jam-band[inert]').count(), 0);
  line.cut();
  await page.locator('.jam-band[inert] #jam-add-track').waitFor();
  await page.getByText('Reconnecting').waitFor();
  line.isCut = false;
  await page.waitForFunction(() => document.querySelector('.jam-band').inert === false);
  await page.click('#jam-add-track');
  await page.getByText('My keys play this').waitFor();
  line.cut();
  await page.locator('.jam-band[inert]').waitFor();
  await page.click('#jam-leave');
  await page.locator('#jam-connect').waitFor();
});

test('a room that is gone when the line is back leads to the lobby', async () => {
  const { page } = at;
  const line = await cutLine(page, true);
  await enter(page, 'Ada');
  await create(page, 'Gone');
  line.cut();
  await page.locator('.jam-band[inert]').waitFor();
  line.isCut = false;
  await page.locator('#jam-create').waitFor();
  await page.locator('#error-panel', { hasText: 'SESSION_NOT_FOUND' }).waitFor();
});

test('a room is found in the list, joined, talked in, handed over and watched', async (t) => {
  const { page } = at;
  await enter(page, 'Ada');
  await create(page, 'Cellar of <b>Ada</b>');
  const bea = await another('Bea', t);
  await bea.getByLabel('Join Cellar of <b>Ada</b>').click();
  await bea.locator('#jam-leave').waitFor();
  await bea.fill('#jam-say', 'From the second verse?');
  await bea.keyboard.press('Enter');
  await page.locator('#jam-chat', { hasText: 'From the second verse?' }).waitFor();

  const cy = await another('Cy', t);
  await cy.getByLabel('Watch Cellar of <b>Ada</b>').click();
  await cy.getByText('You watch: you hear the band and may chat.').waitFor();
  assert.equal(await cy.locator('#jam-add-track').count(), 0);
  await cy.fill('#jam-say', 'Louder!');
  await cy.keyboard.press('Enter');
  await bea.locator('#jam-chat', { hasText: 'Louder!' }).waitFor();

  assert.equal(await bea.locator('#jam-play').isDisabled(), true);
  await page.getByLabel('Make Bea host').click();
  await bea.waitForFunction(() => !document.querySelector('#jam-play').disabled);
  await page.waitForFunction(() => document.querySelector('#jam-play').disabled);
  await bea.click('#jam-add-track');
  await page.locator('#jam-mixer article').waitFor();

  mkdirSync(out, { recursive: true });
  for (const [name, width, height] of [['phone', 390, 844], ['laptop', 1280, 800], ['wide', 1920, 1080]]) {
    await bea.setViewportSize({ width, height });
    await bea.screenshot({ path: path.join(out, `jam-${name}.png`), fullPage: true });
    const overflow = await bea.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} px`);
  }
});

test('a take is exported with its stems and saved as MIDI', async () => {
  const { page } = at;
  await enter(page, 'Ada');
  await create(page, 'Take');
  await page.click('#jam-add-track');
  await page.getByText('My keys play this').waitFor();
  await page.click('#jam-record');
  await page.locator('#key-z').waitFor();
  await page.click('h2:has-text("Take")');
  await page.keyboard.down('z');
  await page.waitForFunction(() => !document.querySelector('#jam-position').textContent.includes('1.1'));
  await page.keyboard.up('z');
  await page.getByText('Stop recording').click();
  await page.waitForFunction(() => /[1-9]\d* events/.test(document.querySelector('#jam-tape').textContent));
  await page.check('#jam-stems');
  await page.click('#jam-export');
  await page.fill('#ask-input', 'First set');
  await page.keyboard.press('Enter');
  await page.locator('#jam-tape', { hasText: '1 stems' }).waitFor();
  const { name, bytes } = await downloaded(page, () => page.click('#jam-midi'));
  assert.match(name, /^jam-.*\.mid$/);
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'MThd');
  await page.click('#tab-bank');
  await page.getByText('First set', { exact: true }).waitFor();
});

test('an export that waits for other renders is cancelled', async (t) => {
  const { page } = at;
  const jobs = Array.from({ length: 12 }, (_, index) => `ahead-${index}`);
  const order = (path_, init) => fetch(`${at.daemon.base}/api/v1/${path_}`, init);
  t.after(() => Promise.all(jobs.map((id) => order(`render/jobs/${id}`, { method: 'DELETE' }))));
  await enter(page, 'Ada');
  await create(page, 'Patience');
  await page.click('#jam-add-track');
  await page.getByText('My keys play this').waitFor();
  await page.click('#jam-record');
  await page.locator('#key-z').waitFor();
  await page.click('h2:has-text("Patience")');
  await page.keyboard.press('z');
  await page.getByText('Stop recording').click();
  await page.waitForFunction(() => /[1-9]\d* events/.test(document.querySelector('#jam-tape').textContent));
  const score = { bpm: 60, notes: Array.from({ length: 8 }, (_, index) => ({ id: `n${index}`, startSec: 0, durationSec: 290, midi: 48 + index })) };
  for (const id of jobs) {
    const answer = await order('render', {
      method: 'POST', headers: { 'Content-Type': 'application/json', Prefer: 'respond-async', 'X-Render-Job-Id': id }, body: JSON.stringify({ score, config: {} }),
    });
    assert.equal(answer.status, 202, await answer.text());
  }
  await page.click('#jam-export');
  await page.fill('#ask-input', 'Never');
  await page.keyboard.press('Enter');
  const cancel = page.locator('#jam-export-cancel');
  const place = await cancel.boundingBox();
  assert.equal(await page.locator('#jam-export').isDisabled(), true);
  await cancel.click();
  await page.locator('#jam-export:enabled').waitFor();
  await cancel.waitFor({ state: 'detached' });
  await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
  assert.equal(await page.locator('dialog[open]').count(), 0, 'a late click on Cancel does nothing');
  await page.click('#tab-bank');
  assert.equal(await page.getByText('Never', { exact: true }).count(), 0);
});

test('on a phone the keys are at hand wherever the room is scrolled to', async (t) => {
  const page = await newTouchPage(at.browser);
  t.after(() => page.context().close());
  const sent = sentOn(page);
  await enter(page, 'Ada');
  await create(page, 'Pocket');
  await page.tap('#jam-add-track');
  await page.getByText('My keys play this').waitFor();
  for (const [place, scroll] of [['top', 0], ['middle', 400], ['end', 100_000]]) {
    await page.evaluate((y) => window.scrollTo(0, y), scroll);
    const key = await page.waitForFunction(() => {
      const box = document.querySelector('#key-c').getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.bottom - 12];
      return document.elementFromPoint(x, y)?.closest('#key-c') === null ? undefined : { x, y, height: box.height };
    }, undefined, { timeout: 20_000 }).then((handle) => handle.jsonValue());
    assert.ok(key.height > 80, `${place}: ${key.height} px`);
    const before = sent.filter(({ type }) => type === 'track_note_on').length;
    await page.touchscreen.tap(key.x, key.y);
    await until(() => sent.filter(({ type }) => type === 'track_note_on').length > before, `a note at the ${place}`);
    if (place === 'top') await page.screenshot({ path: path.join(out, 'jam-phone-keys.png') });
  }
});

test('a player goes one loop apart, and comes back as the same after a reload', async (t) => {
  const { page } = at;
  await enter(page, 'Ada');
  await create(page, 'Far');
  const bea = await another('Bea', t);
  await bea.getByLabel('Join Far').click();
  // a click, not check(): the box shows what the daemon says, which comes a moment later
  await bea.click('#jam-interval');
  await bea.getByText(/You hear the others .* later/).waitFor();
  await page.locator('.person', { hasText: 'Bea' }).getByText('one loop apart').waitFor();
  await bea.reload();
  await page.locator('.person.away', { hasText: 'Bea' }).waitFor();
  await bea.click('#tab-jam');
  await bea.click('#jam-connect');
  await bea.getByText(/You hear the others .* later/).waitFor();
  await page.waitForFunction(() => document.querySelector('.person.away') === null);
  assert.equal(await page.locator('.person').count(), 2);
});
