// The Score tab in a real browser against a real daemon.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { downloaded, drawNotes, dropFile, openScore, render, renderAs, savedScore, stage, until } from './stage.mjs';

const { Midi } = createRequire(import.meta.url)('@tonejs/midi');

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const at = stage();
const rollLabel = () => at.page.locator('#piano-roll').getAttribute('aria-label');
const rollSays = (text) => at.page.waitForFunction((part) => document.querySelector('#piano-roll').ariaLabel.includes(part), text);

/** 2 beats of C4, then E4, at 120. */
const TWO_NOTES = {
  bpm: 120, notes: [{ id: 'a', startSec: 1, durationSec: 1, midi: 60, velocity: 0.8 }, { id: 'b', startSec: 2, durationSec: 1, midi: 64, velocity: 0.8 }],
};

/** Where a time and a pitch are on the roll, at the zoom of a fresh page (100 px a second, 14 px a semitone). */
async function place(sec, midi) {
  const box = await at.page.locator('#piano-roll').boundingBox();
  const top = await at.page.evaluate(() => document.querySelector('.roll-scroller').scrollTop);
  return [box.x + sec * 100, box.y + (127 - midi) * 14 - top + 7];
}

async function drag(from, to, options = {}) {
  const { mouse } = at.page;
  await mouse.move(...from);
  await mouse.down(options);
  await mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await mouse.move(...to, { steps: 4 });
  await mouse.up(options);
}

test('a score is written, sung, saved and found in the bank', async () => {
  const { page } = at;
  await at.open();
  await page.getByText(/^Daemon \d/).waitFor();
  await drawNotes(page, 3);
  await page.fill('#lyrics', 'amazing');
  await page.click('#lay-words');
  await page.waitForFunction(() => document.querySelector('#lyrics').value === '');
  await renderAs(page, 'First <b>song</b>');
  await page.click('#tab-bank');
  await page.locator('.render-name', { hasText: 'First <b>song</b>' }).first().click();
  await page.locator('#bank-play:not([disabled])').waitFor();
  assert.equal(await page.locator('#render-list b').count(), 0, 'names are text, never HTML');
  assert.equal((await at.text('#error-panel')).trim(), '');
});

test('notes are drawn, moved, resized, framed, copied, quantised and deleted', async () => {
  const { page } = at;
  await at.open();
  await drag(await place(1, 60), await place(2.5, 60));
  let [note] = (await savedScore(page, (score) => score.notes.length === 1)).notes;
  assert.deepEqual([note.startSec, note.durationSec, note.midi], [1, 1.5, 60]);

  await drag(await place(1.7, 60), await place(2.2, 64));
  [note] = (await savedScore(page, (score) => score.notes[0]?.midi === 64)).notes;
  assert.equal(note.startSec, 1.5, 'moved by half a second and four semitones');

  await drag(await place(2.98, 64), await place(2.5, 64));
  [note] = (await savedScore(page, (score) => score.notes[0]?.durationSec < 1.5)).notes;
  assert.equal(note.durationSec, 1);

  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await rollSays('2 notes');
  await page.keyboard.press('Control+d');
  await rollSays('3 notes, 1 selected');

  await page.getByRole('button', { name: 'Select (V)' }).click();
  await drag(await place(1, 66), await place(8, 62));
  await rollSays('3 notes, 3 selected');

  await page.selectOption('#snap', 'off');
  await page.locator('#piano-roll').focus();
  await page.keyboard.press('ArrowRight');
  await savedScore(page, (score) => score.notes[0]?.startSec === 1.51);
  await page.selectOption('#snap', '1/4');
  await page.click('#quantise');
  await savedScore(page, (score) => score.notes[0]?.startSec === 1.5);

  await page.locator('#piano-roll').focus();
  await page.keyboard.press('Delete');
  await rollSays('0 notes');
});

test('keys alone write a melody', async () => {
  const { page } = at;
  await at.open();
  await page.locator('#piano-roll').focus();
  await page.keyboard.press('n');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('n');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.type('star');
  await page.keyboard.press('Enter');
  await page.keyboard.press(',');
  await page.keyboard.press('Alt+2');
  await page.locator('#live-connect').waitFor();
  await page.keyboard.press('Alt+1');
  const { notes } = await savedScore(page, (score) => score.notes[1]?.lyric === 'star');
  assert.deepEqual(notes.map((note) => note.midi), [61, 73]);
  assert.ok(notes[1].durationSec > notes[0].durationSec);
});

test('undo and redo', async () => {
  const { page } = at;
  await at.open();
  await drawNotes(page, 2);
  assert.match(await rollLabel(), /2 notes/);
  await page.keyboard.press('Control+z');
  await rollSays('1 note');
  await page.keyboard.press('Control+y');
  await rollSays('2 notes');
  await page.getByRole('button', { name: 'Undo' }).click();
  await rollSays('1 note');
});

test('time zooms under the wheel and by buttons, pitch with Alt', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  const size = () => page.evaluate(() => {
    const { width, height } = document.querySelector('.roll-space').style;
    return [Number.parseFloat(width), Number.parseFloat(height)];
  });
  const [width, height] = await size();
  const [x, y] = await place(2, 62);
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await page.waitForFunction((before) => Number.parseFloat(document.querySelector('.roll-space').style.width) > before * 1.5, width);
  await page.keyboard.down('Alt');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Alt');
  await page.waitForFunction((before) => Number.parseFloat(document.querySelector('.roll-space').style.height) > before * 1.5, height);
  const [zoomed] = await size();
  await page.getByRole('button', { name: 'Zoom out (-)' }).click();
  await page.waitForFunction((before) => Number.parseFloat(document.querySelector('.roll-space').style.width) < before, zoomed);
});

test('the roll is as wide as its view with every tool', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  await page.locator('#piano-roll').focus();
  for (const key of ['d', 'v', 'p']) {
    await page.keyboard.press(key);
    await page.waitForFunction(() => document.querySelector('#piano-roll').clientWidth === document.querySelector('.roll-scroller').clientWidth);
  }
});

test('words are typed onto the notes, and a wrong phoneme is corrected', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  await page.mouse.dblclick(...await place(1.5, 60));
  await page.keyboard.type('live');
  await page.keyboard.press('Tab');
  await page.keyboard.type('song');
  await page.keyboard.press('Enter');
  await page.click('#generate-phonemes');
  await page.click('#show-phonemes');
  await page.locator('.phoneme-list strong', { hasText: /^NG$/ }).waitFor();

  // "live" as an adjective: a click on its sound in the lane leads to the field.
  const lane = await page.locator('.phoneme-lane').boundingBox();
  await page.mouse.click(lane.x + 150, lane.y + 10);
  await page.locator('#note-phonemes:focus').waitFor();
  assert.match(await page.inputValue('#note-phonemes'), /^L /);
  await page.fill('#note-phonemes', 'L AY V');
  await page.keyboard.press('Enter');
  const { notes } = await savedScore(page, (score) => score.notes[0]?.lyric?.includes('['));
  assert.equal(notes[0].lyric, 'live[L AY V]');
  await page.click('#generate-phonemes');
  await page.locator('.phoneme-list strong', { hasText: /^AY$/ }).waitFor();

  await page.fill('#note-phonemes', 'L QQ V');
  await page.keyboard.press('Enter');
  await page.locator('#error-panel', { hasText: 'QQ is no ARPAbet symbol' }).waitFor();
});

test('the pitch tool draws bends and shapes vibrato and glide', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  await page.locator('#piano-roll').focus();
  await page.keyboard.press('p');
  // From the first note up by a semitone.
  await drag(await place(1.2, 60), await place(1.8, 61));
  const { lanes } = await savedScore(page, (score) => score.lanes?.pitchBend !== undefined);
  const values = lanes.pitchBend.map((point) => point.value);
  assert.ok(Math.min(...values) > -60 && Math.max(...values) > 60 && Math.max(...values) <= 110, String(values));
  await drag(await place(1.1, 60), await place(1.95, 60), { button: 'right' });
  await savedScore(page, (score) => score.lanes?.pitchBend === undefined);

  await page.mouse.click(...await place(2.7, 64));
  await rollSays('1 selected');
  // Vibrato is offered at two fifths of the note; 14 px up are a semitone, more than the deepest vibrato.
  await drag(await place(2.4, 64), await place(2.3, 65));
  const shaped = await savedScore(page, (score) => score.notes[1]?.vibrato !== undefined);
  assert.equal(shaped.notes[1].vibrato.depthCents, 100);
  assert.ok(Math.abs(shaped.notes[1].vibrato.onsetSec - 0.3) < 0.02);
  await drag(await place(2, 64), await place(2.2, 64));
  const glided = await savedScore(page, (score) => score.notes[1]?.portamentoSec !== undefined);
  assert.ok(Math.abs(glided.notes[1].portamentoSec - 0.2) < 0.02);
  assert.match(await at.text('#note-inspector'), /200 ms/);
});

test('curves are drawn below the roll: dynamics, breathiness, a timbre, velocities', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  const canvas = page.locator('.lane-canvas');
  const stroke = async () => {
    const box = await canvas.boundingBox();
    await drag([box.x + 100, box.y + box.height - 12], [box.x + 300, box.y + 12]);
  };
  for (const [choice, read] of [
    ['dynamics', (score) => score.lanes?.dynamics], ['breathiness', (score) => score.lanes?.breathiness],
    ['morph:EE', (score) => score.lanes?.timbreMorph?.EE],
  ]) {
    await page.selectOption('#lane-select', choice);
    await stroke();
    const points = read(await savedScore(page, (score) => read(score) !== undefined));
    assert.ok(points[0].value < 0.2 && points.at(-1).value > 0.8, choice);
  }
  await page.selectOption('#lane-select', 'velocity');
  const box = await canvas.boundingBox();
  await page.mouse.click(box.x + 101, box.y + box.height - 12);
  await savedScore(page, (score) => score.notes[0]?.velocity < 0.2);
  await page.selectOption('#lane-select', 'dynamics');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await savedScore(page, (score) => score.lanes.dynamics === undefined);
});

test('a note is set in the inspector, and a new tempo takes the notes along', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  await page.mouse.click(...await place(1.5, 60));
  await page.check('#vibrato-on');
  await page.fill('#note-pitch', 'A4');
  await page.keyboard.press('Enter');
  await page.getByLabel('Portamento').fill('0.2');
  await page.getByLabel('Breathiness').fill('0.5');
  const { notes: [note] } = await savedScore(page, (score) => score.notes[0]?.breathiness === 0.5);
  assert.deepEqual([note.midi, note.portamentoSec, note.vibrato.depthCents], [69, 0.2, 40]);
  await page.fill('#bpm', '60');
  await page.keyboard.press('Enter');
  const slow = await savedScore(page, (score) => score.bpm === 60);
  assert.deepEqual([slow.notes[0].startSec, slow.notes[0].durationSec], [2, 2]);
});

test('the score as JSON and as a table are the same score', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  await page.getByRole('button', { name: 'Advanced' }).click();
  const json = JSON.parse(await page.inputValue('#score-json'));
  json.notes[0].midi = 62;
  await page.fill('#score-json', JSON.stringify(json));
  await savedScore(page, (score) => score.notes[0]?.midi === 62);
  await page.fill('#score-json', '{"bpm": 5, "notes": []}');
  await page.locator('.warning', { hasText: 'bpm' }).waitFor();
  await page.getByRole('button', { name: 'Notes as a list' }).click();
  assert.equal(await page.getByLabel('Pitch of note 1').inputValue(), 'D4');
  await page.getByLabel('Pitch of note 1').fill('g3');
  await page.keyboard.press('Enter');
  await savedScore(page, (score) => score.notes[0]?.midi === 55);
});

test('files of every kind are dropped; what cannot be read is named', async () => {
  const { page } = at;
  const midi = new Midi();
  midi.header.setTempo(100);
  midi.header.timeSignatures.push({ ticks: 0, timeSignature: [3, 4] });
  midi.header.name = 'Two lines';
  for (const [name, pitch] of [['Soprano', 72], ['Bass', 48]]) {
    const track = midi.addTrack();
    track.name = name;
    track.addNote({ midi: pitch, ticks: 0, durationTicks: 480 });
  }
  await at.open();
  await dropFile(page, 'song.mid', midi.toArray());
  await page.getByRole('button', { name: /Bass/ }).click();
  const bass = await savedScore(page, (score) => score.notes.length === 1);
  assert.deepEqual([bass.bpm, bass.notes[0].midi, bass.notes[0].durationSec], [100, 48, 0.6]);
  assert.equal(await page.inputValue('.title-input'), 'Two lines');

  const xml = `<score-partwise><work><work-title>Evening</work-title></work>
    <part-list><score-part id="P1"><part-name>Alto</part-name></score-part></part-list>
    <part id="P1"><measure number="1"><attributes><divisions>1</divisions><time><beats>3</beats><beat-type>4</beat-type></time></attributes><sound tempo="60"/>
    <note><pitch><step>G</step><octave>4</octave></pitch><duration>2</duration>
    <lyric number="1"><text>sing</text></lyric><lyric number="2"><text>song</text></lyric></note>
    <barline><repeat direction="backward"/></barline></measure></part></score-partwise>`;
  await dropFile(page, 'song.musicxml', xml);
  const alto = await savedScore(page, (score) => score.notes[0]?.midi === 67);
  assert.deepEqual(alto.notes.map(({ lyric, startSec, durationSec }) => [lyric, startSec, durationSec]), [['sing', 0, 2], ['song', 2, 2]]);
  assert.deepEqual([await page.inputValue('.title-input'), await page.getByTitle('Metre').inputValue()], ['Evening', '3/4']);

  await dropFile(page, 'song.mxl', readFileSync(path.join(root, 'server/engine/src/test/resources/interchange/Echigo-Jishi.mxl')));
  const folk = await savedScore(page, (score) => score.notes.length > 100);
  assert.deepEqual([folk.bpm, folk.lyrics.language], [92, 'ja']);

  await dropFile(page, 'song.ustx', `name: Drawn
ustx_version: "0.6"
tempos: [{position: 0, bpm: 60}]
voice_parts:
- position: 0
  notes: [{position: 0, duration: 960, tone: 65, lyric: さ}]
  curves: [{abbr: pitd, xs: [0, 480], ys: [0, 100]}]
`);
  const drawn = await savedScore(page, (score) => score.notes[0]?.midi === 65);
  assert.deepEqual([drawn.lyrics.language, Math.max(...drawn.lanes.pitchBend.map(({ value }) => value))], ['ja', 100]);

  await dropFile(page, 'song.lrc', '[00:01.00]one\n[00:02.00]two\n');
  const timed = await savedScore(page, (score) => score.notes.length === 2 && score.notes[0].lyric === 'one');
  assert.deepEqual([timed.notes[1].startSec, timed.lyrics?.language ?? 'en'], [2, 'en']);

  await dropFile(page, 'song.ust', '[#VERSION]\nUST Version1.2\n[#SETTING]\nTempo=60\n[#0000]\nLength=480\nLyric=la\nNoteNum=72\n[#TRACKEND]\n');
  const treble = await savedScore(page, (score) => score.notes[0]?.midi === 72);
  assert.deepEqual([treble.bpm, treble.notes[0].lyric, treble.notes[0].durationSec], [60, 'la', 1]);

  await openScore(page, TWO_NOTES);
  await page.keyboard.press('Control+z');
  await rollSays('1 note');
  for (const [name, bytes] of [['broken.mid', 'MThd and no more'], ['broken.mxl', 'PK\u0003\u0004 and no more'], ['broken.ustx', 'ustx_version: 1\nvoice_parts: 5: 6']]) {
    await dropFile(page, name, bytes);
    await page.locator('#error-panel', { hasText: `Importing ${name}` }).waitFor();
  }
  const { bytes, name } = await downloaded(page, () => page.getByRole('button', { name: 'Download the score as JSON' }).click());
  assert.match(name, /\.json$/);
  assert.equal(JSON.parse(bytes).score.notes[0].midi, 72);
});

test('what was written is there after a reload', async () => {
  const { page } = at;
  await at.open();
  await page.click('#open-example');
  await savedScore(page, (score) => score.notes.length === 9);
  await page.reload();
  await rollSays('9 notes');
  assert.equal(await page.inputValue('.title-input'), 'Amazing Grace');
});

test('a render shows its progress and can be cancelled', async () => {
  const { page } = at;
  await at.open();
  // Sixteen voices for 299 s keep the daemon busy for a while.
  const notes = Array.from({ length: 16 }, (_, i) => ({ id: `n${i}`, startSec: 0, durationSec: 299, midi: 48 + i, velocity: 0.5 }));
  await openScore(page, { bpm: 120, notes });
  await page.getByLabel('Polyphony').fill('16');
  await page.getByLabel('Channels').selectOption('Stereo');
  await page.click('#render');
  await page.locator('#render-progress [role=progressbar]').waitFor();
  await page.click('#cancel-render');
  await page.locator('#render-progress', { hasText: 'Cancelled' }).waitFor();
  assert.equal((await at.text('#error-panel')).trim(), '', 'a cancel is no failure');
});

test('a cancel that comes before the daemon knows the job is not lost', async () => {
  const { page } = at;
  let asked = 0;
  await page.route('**/api/v1/render', async (route) => {
    await until(() => asked > 0, 'a cancel of a job that is not there yet');
    await route.continue();
  });
  page.on('response', (response) => { if (response.request().method() === 'DELETE' && response.status() === 404) asked += 1; });
  await at.open();
  const notes = Array.from({ length: 16 }, (_, i) => ({ id: `n${i}`, startSec: 0, durationSec: 299, midi: 48 + i, velocity: 0.5 }));
  await openScore(page, { bpm: 120, notes });
  await page.getByLabel('Polyphony').fill('16');
  await page.click('#render');
  await page.click('#cancel-render');
  await page.locator('#render-progress', { hasText: 'Cancelled' }).waitFor();
});

test('playing moves the cursor, and a marked range loops without a gap', async () => {
  const { page } = at;
  await page.addInitScript(() => {
    // Everything that goes to the loudspeaker is also heard by an analyser.
    const { connect } = AudioNode.prototype;
    AudioNode.prototype.connect = function listen(target, ...rest) {
      if (target instanceof AudioDestinationNode && this instanceof AudioBufferSourceNode) {
        globalThis.looped = this;
        globalThis.heard = new AnalyserNode(this.context, { fftSize: 2048 });
        connect.call(this, globalThis.heard);
      }
      return connect.call(this, target, ...rest);
    };
  });
  await at.open();
  await openScore(page, { bpm: 120, notes: [{ id: 'a', startSec: 0, durationSec: 4, midi: 57, velocity: 0.8 }] });
  await page.click('#render-play');
  await page.waitForFunction(() => {
    const cursor = document.querySelector('#play-cursor');
    return !cursor.hidden && Number.parseFloat(cursor.style.transform.slice(11)) > 20;
  });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();

  const ruler = await page.locator('.roll-ruler').boundingBox();
  await drag([ruler.x + 100, ruler.y + 14], [ruler.x + 200, ruler.y + 14]);
  await page.locator('#piano-roll').focus();
  await page.keyboard.press(' ');
  // Three rounds at least; in the middle of a held note no moment of the loop is silent, the seam included.
  const rounds = await page.evaluate(async () => {
    const left = () => Number.parseFloat(document.querySelector('#play-cursor').style.transform.slice(11));
    const samples = new Float32Array(2048);
    let [wraps, before, softest] = [0, left(), 1];
    const began = performance.now();
    while (wraps < 3 && performance.now() - began < 30_000) {
      await new Promise(requestAnimationFrame);
      const now = left();
      if (now < before - 50) wraps += 1;
      before = now;
      if (wraps === 0) continue;
      globalThis.heard.getFloatTimeDomainData(samples);
      // In pieces of 10 ms: an element that jumps is silent for longer.
      for (let from = 0; from + 480 <= samples.length; from += 480) {
        softest = Math.min(softest, Math.hypot(...samples.subarray(from, from + 480)) / Math.sqrt(480));
      }
    }
    return { wraps, softest, bounds: [globalThis.looped.loopStart, globalThis.looped.loopEnd] };
  });
  assert.ok(rounds.wraps >= 3, 'the cursor went round three times');
  assert.deepEqual(rounds.bounds, [1, 2]);
  assert.ok(rounds.softest > 0.01, `softest 10 ms of the loop: ${rounds.softest}`);
  await page.keyboard.press(' ');
});

test('the render is downloaded as WAV, and its telemetry and provenance are shown', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, TWO_NOTES);
  await render(page);
  const { bytes, name } = await downloaded(page, () => page.click('#download-wav'));
  assert.match(name, /\.wav$/);
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'RIFF');
  assert.match(await at.text('#telemetry'), /3\.00 \+ 0\.30 s/);
  assert.match(await at.text('#flight-recorder'), /48000 Hz/);
});
