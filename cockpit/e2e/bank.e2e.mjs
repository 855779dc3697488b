// The Bank tab in a real browser against a real daemon.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { beforeEach, test } from 'node:test';
import { downloaded, stage } from './stage.mjs';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi');

const at = stage(async ({ daemon }) => {
  for (const [name, midi] of [['Alpha one', 60], ['Beta two', 64], ['Gamma three', 67]]) {
    const answer = await fetch(`${daemon.base}/api/v1/renders`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        name,
        score: { bpm: 100, notes: [{ id: 'n1', startSec: 0, durationSec: midi / 60, midi, lyric: 'la' }], lyrics: { text: '' } },
        config: { presetId: 'default-voice', maxPolyphony: 3, rngSeed: 7 },
      }),
    });
    assert.ok(answer.ok, await answer.text());
  }
});
const row = (name) => at.page.locator('.render-row', { hasText: name });
const names = () => at.page.locator('#render-list .render-row:not(:has(.tag)) strong').allTextContents();

beforeEach(async () => {
  await at.open('/bank');
  await row('Alpha one').first().waitFor();
});

test('renders are searched and sorted', async () => {
  const { page } = at;
  await page.getByLabel('Sort by').selectOption('Name');
  const sorted = await names();
  assert.deepEqual(sorted, [...sorted].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })));
  await page.fill('#bank-search', 'BETA');
  await page.waitForFunction(() => document.querySelectorAll('.render-row').length === 1);
  assert.deepEqual(await names(), ['Beta two']);
  await page.fill('#bank-search', 'no such render');
  await page.getByText('Nothing matches the search.').waitFor();
});

test('a render is pinned to the top, renamed in place, and deleted with undo', async () => {
  const { page } = at;
  await page.getByRole('button', { name: 'Pin Alpha one' }).click();
  await page.getByRole('button', { name: 'Pin Alpha one', pressed: true }).waitFor();
  assert.equal((await names())[0], 'Alpha one');
  await page.reload();
  await page.getByRole('button', { name: 'Pin Alpha one', pressed: true }).click();
  await page.getByRole('button', { name: 'Pin Alpha one', pressed: false }).waitFor();

  await page.getByRole('button', { name: 'Rename Gamma three' }).click();
  await page.getByLabel('New name').fill('Delta <i>four</i>');
  await page.keyboard.press('Enter');
  await row('Delta <i>four</i>').waitFor();

  const used = () => at.text('#budget output');
  const before = await used();
  await page.getByRole('button', { name: 'Delete Delta' }).click();
  await page.getByText('Deleted “Delta <i>four</i>”.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row('Delta <i>four</i>').waitFor();
  await page.reload();
  await row('Delta <i>four</i>').waitFor();

  await page.getByRole('button', { name: 'Delete Delta' }).click();
  // It is gone for good once the time to undo is over.
  await page.getByText('Deleted “Delta').waitFor({ state: 'detached' });
  await page.waitForFunction((text) => document.querySelector('#budget output').textContent !== text, before);
  await page.reload();
  await row('Alpha one').waitFor();
  assert.ok(!(await names()).some((name) => name.startsWith('Delta')));
});

test('a render is played, seen as waveform and spectrogram, and tells where it comes from', async () => {
  const { page } = at;
  await row('Alpha one').locator('.render-name').click();
  await page.locator('#bank-play:not([disabled])').click();
  await page.locator('#bank-play', { hasText: 'Pause' }).waitFor();
  await page.locator('#bank-play', { hasText: 'Play' }).waitFor();
  await page.check('#spectrogram');
  const painted = await page.waitForFunction(() => {
    // The first canvas holds the labels.
    const canvas = [...document.querySelectorAll('.spectrogram canvas')].at(-1);
    const context = canvas?.getContext('2d');
    if (!context || canvas.width === 0) return false;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let i = 0; i < data.length; i += 404) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    return colours.size > 8;
  });
  assert.ok(painted);
  const provenance = await at.text('#provenance');
  assert.match(provenance, /[0-9a-f]{64}/);
  assert.match(provenance, /48000 Hz.*3 voices.*seed 7/);
});

test('nothing moves while the audio of a render loads', async () => {
  const { page } = at;
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/audio.wav', async (route) => { await held; await route.continue(); });
  await row('Beta two').locator('.render-name').click();
  await page.getByText('Telemetry', { exact: true }).waitFor();
  await page.getByText('Provenance', { exact: true }).waitFor();
  const before = await page.locator('#open-score').boundingBox();
  letGo();
  await page.locator('#bank-play:enabled').waitFor();
  assert.deepEqual(await page.locator('#open-score').boundingBox(), before);
});

test('a score goes back into the editor', async () => {
  const { page } = at;
  await row('Beta two').locator('.render-name').click();
  await page.click('#open-score');
  await page.locator('#tab-score[aria-selected=true]').waitFor();
  await page.waitForFunction(() => document.querySelector('#piano-roll')?.ariaLabel.includes('1 note'));
  assert.equal(await page.inputValue('.title-input'), 'Beta two');
  assert.equal(await page.inputValue('#bpm'), '100');
});

test('a score of another version is announced before it is loaded', async () => {
  const { page } = at;
  await page.route('**/api/v1/health/detailed', async (route) => {
    const response = await route.fetch();
    return route.fulfill({ response, json: { ...await response.json(), commit: 'fffffff' } });
  });
  await page.route('**/api/v1/renders', async (route) => {
    const response = await route.fetch();
    const list = await response.json();
    return route.fulfill({ response, json: { ...list, renders: list.renders.map((meta) => ({ ...meta, commit: 'abc1234' })) } });
  });
  await page.reload();
  await row('Alpha one').locator('.render-name').click();
  await page.click('#open-score');
  const banner = page.locator('#commit-mismatch');
  await banner.getByText('abc1234').waitFor();
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.click('#open-score');
  await banner.getByRole('button', { name: 'Load anyway' }).click();
  await page.locator('#piano-roll').waitFor();
  assert.equal(await page.inputValue('.title-input'), 'Alpha one');
  await page.click('#tab-bank');
  await page.click('#open-score');
  await banner.getByRole('button', { name: 'Re-render now' }).click();
  await page.locator('#render-progress', { hasText: 'Done' }).waitFor();
});

test('two renders are compared: waves, spectra, figures, and a blind switch', async () => {
  const { page } = at;
  await page.getByLabel('Compare Alpha one').check();
  await page.getByLabel('Compare Beta two').check();
  await page.click('#compare');
  const dialog = page.locator('dialog[open]');
  await dialog.locator('#compare-verdict', { hasText: /correlation/ }).waitFor();
  assert.match(await dialog.locator('.figures').textContent(), /Duration1\.\d+ s1\.\d+ s/);
  for (const canvas of ['#compare-waves', '.spectrum-chart']) {
    await page.waitForFunction((selector) => {
      const element = document.querySelector(selector);
      const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
      let [blue, amber] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] === 0x7f && data[i + 2] === 0xff) blue += 1;
        if (data[i] === 0xf5 && data[i + 1] === 0xb9) amber += 1;
      }
      return blue > 20 && amber > 20;
    }, canvas);
  }
  await dialog.getByRole('button', { name: 'Play A' }).click();
  await dialog.getByRole('button', { name: 'Play A', pressed: true }).waitFor();
  await dialog.getByRole('button', { name: 'Play B' }).click();
  await dialog.getByRole('button', { name: 'Play B', pressed: true }).waitFor();
  await dialog.getByLabel('Blind').check();
  await dialog.getByRole('button', { name: 'Play 1' }).click();
  await dialog.getByRole('button', { name: 'Play 2' }).click();
  await dialog.getByRole('button', { name: 'Reveal' }).click();
  await dialog.getByText(/1 is [AB], 2 is [AB]/).waitFor();
});

test('figures stay when the audio of a comparison cannot be decoded', async () => {
  const { page } = at;
  await page.route('**/audio.wav', (route) => route.fulfill({ body: 'not a WAV', contentType: 'audio/wav' }));
  await page.getByLabel('Compare Alpha one').check();
  await page.getByLabel('Compare Beta two').check();
  await page.click('#compare');
  await page.getByText('The audio could not be decoded; the figures above are the stored ones.').waitFor();
  assert.match(await at.text('.figures'), /Duration1\.\d+ s/);
  await page.locator('#error-panel', { hasText: 'Comparing' }).waitFor();
});

test('audio that is refused says so instead of staying silent', async () => {
  const { page } = at;
  await page.route('**/audio.wav', (route) => route.fulfill({
    status: 401, json: { ok: false, code: 'UNAUTHORIZED', message: 'Authentication is required.', requestId: 'req_wav' },
  }));
  await row('Alpha one').locator('.render-name').click();
  await page.locator('#api-key').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#error-panel', { hasText: 'UNAUTHORIZED' }).waitFor();
});

test('renders are downloaded as WAV, FLAC, MIDI and what else the daemon writes', async () => {
  const { page } = at;
  await row('Beta two').locator('.render-name').click();
  const get = (key) => downloaded(page, () => page.click(`#download-${key}`));
  const wav = await get('wav');
  assert.equal(wav.name, 'Beta two.wav');
  assert.equal(wav.bytes.subarray(8, 12).toString('latin1'), 'WAVE');
  const flac = await get('flac');
  assert.deepEqual([flac.bytes.subarray(0, 4).toString('latin1'), flac.name], ['fLaC', 'Beta two.flac']);
  assert.ok(flac.bytes.length < wav.bytes.length);
  const midi = await get('midi');
  assert.deepEqual([new Midi(midi.bytes).tracks.flatMap((track) => track.notes)[0].midi, midi.name], [64, 'Beta two.mid']);
  for (const [format, ending, begins] of [
    ['wav24', 'wav', /^RIFF.{4}WAVE/s], ['wav16', 'wav', /^RIFF.{4}WAVE/s], ['opus', 'opus', /^OggS/], ['musicxml', 'musicxml', /^<\?xml/],
    ['json', 'json', /^\{/], ['htk', 'lab', /^\d+ \d+ l\n/], ['audacity', 'txt', /^[\d.]+\t[\d.]+\t\w+\n/], ['webvtt', 'vtt', /^WEBVTT/], ['lrc', 'lrc', /^\[00:00/],
  ]) {
    await page.selectOption('#download-format', format);
    const { name, bytes } = await downloaded(page, () => page.getByRole('button', { name: 'Download in the other format' }).click());
    assert.match(bytes.toString('latin1'), begins, format);
    assert.equal(name, `Beta two.${ending}`);
    if (ending === 'wav') assert.equal(bytes.readUInt16LE(34), Number(format.slice(3)), 'bits of a sample');
    if (ending === 'json') assert.equal(JSON.parse(bytes).notes[0].midi, 64);
  }
});

test('the budget bar is amber from 70 %, red from 90 %', async () => {
  const { page } = at;
  let share = 0.75;
  await page.route('**/api/v1/renders', async (route) => {
    const response = await route.fetch();
    const list = await response.json();
    return route.fulfill({ response, json: { ...list, budget: { ...list.budget, utilizationFraction: share } } });
  });
  for (const [fraction, tone] of [[0.75, 'warn'], [0.95, 'bad'], [0.1, 'ok']]) {
    share = fraction;
    await page.reload();
    await page.locator(`#budget .bar.${tone}`).waitFor();
  }
});
