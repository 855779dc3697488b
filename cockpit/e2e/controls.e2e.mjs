// The controls that no story of the other files touches, each used once, and what it does seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectLive, drawNotes, openScore, renderAs, savedScore, sentOn, stage, until } from './stage.mjs';

const at = stage();

const NOTES = {
  bpm: 120, notes: [{ id: 'a', startSec: 0, durationSec: 1, midi: 60, velocity: 0.8 }, { id: 'b', startSec: 1, durationSec: 1, midi: 64, velocity: 0.8 }],
};
const button = (name) => at.page.getByRole('button', { name, exact: true });
const rollSays = (text) => at.page.waitForFunction((part) => document.querySelector('#piano-roll').ariaLabel.includes(part), text);

test('the buttons of the roll do what their keys do', async () => {
  const { page } = at;
  await at.open();
  await page.locator('#empty-roll', { hasText: 'Click to write a note' }).waitFor();
  await button('Add a note (N)').click();
  await rollSays('1 note, 1 selected');
  await button('Undo (Ctrl+Z)').click();
  await rollSays('0 notes');
  await button('Redo (Ctrl+Y)').click();
  await rollSays('1 note');
  await page.locator('#piano-roll').focus();
  await page.keyboard.press('.');
  await button('Delete selection (Del)').click();
  await rollSays('0 notes');

  await openScore(page, NOTES);
  const ruler = await page.locator('.roll-ruler').boundingBox();
  await page.mouse.click(ruler.x + 50, ruler.y + 14);
  await page.locator('#piano-roll').focus();
  await page.keyboard.press('Control+a');
  await rollSays('2 selected');
  await button('Split at the cursor (S)').click();
  await rollSays('3 notes');
  const width = () => page.evaluate(() => Number.parseFloat(document.querySelector('.roll-space').style.width));
  const before = await width();
  await button('Zoom in (+)').click();
  await page.waitForFunction((was) => Number.parseFloat(document.querySelector('.roll-space').style.width) > was, before);
  for (const toggle of ['Pitch curves', 'Hear notes while editing']) {
    const was = await button(toggle).getAttribute('aria-pressed');
    await button(toggle).click();
    await page.getByRole('button', { name: toggle, exact: true, pressed: was !== 'true' }).waitFor();
  }
  await button('Pitch: draw bends, drag glide and vibrato (P)').click();
  await page.locator('#piano-roll.tool-pitch').waitFor();
  await button('Draw (D)').click();
  await page.locator('#piano-roll.tool-draw').waitFor();
  await page.getByTitle('Metre').selectOption('3/4');
  await page.getByLabel('Notes follow').uncheck();
  await page.fill('#bpm', '60');
  await page.keyboard.press('Enter');
  assert.equal((await savedScore(page, (score) => score.bpm === 60)).notes.at(-1).startSec, 1, 'the notes stay where they are');
  await button('Loop').click();
  await page.getByRole('button', { name: 'Loop', exact: true, pressed: true }).waitFor();
  await page.fill('.title-input', 'Of mine');
  await page.keyboard.press('Enter');
  await button('New score').click();
  await rollSays('0 notes');
  await page.setInputFiles('#import-file', { name: 'kept.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(NOTES)) });
  await rollSays('2 notes');
});

test('a note is changed in every field of the inspector and of the list', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, NOTES);
  await page.locator('#piano-roll').focus();
  await page.keyboard.press('.');
  await page.locator('#engine-panel').getByLabel('Channels').selectOption('Stereo');
  const inspector = page.locator('#note-inspector');
  const set = async (label, value) => {
    await inspector.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press('Enter');
  };
  await page.fill('#note-lyric', 'sun');
  await page.keyboard.press('Enter');
  await set('Start (s)', '0.5');
  await set('Length (s)', '0.25');
  for (const [label, value] of [['Velocity', '0.4'], ['Pan', '-0.5']]) await inspector.getByLabel(label).fill(value);
  await page.check('#vibrato-on');
  for (const [label, value] of [['Rate', '7'], ['Depth', '70'], ['Onset', '0.1']]) await inspector.getByLabel(label).fill(value);
  await inspector.getByLabel('Timbre').selectOption('EE');
  const [first] = (await savedScore(page, (score) => score.notes[0]?.timbre === 'EE')).notes;
  assert.deepEqual(
    [first.lyric, first.startSec, first.durationSec, first.velocity, first.pan, first.vibrato],
    ['sun', 0.5, 0.25, 0.4, -0.5, { rateHz: 7, depthCents: 70, onsetSec: 0.1 }],
  );

  await button('Notes as a list').click();
  const cell = async (label, value) => {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press('Enter');
  };
  await cell('Lyric of note 2', 'shine');
  await page.getByLabel('Start of note 2').fill('2');
  await page.locator('.note-list tbody tr').nth(1).locator('td.mono', { hasText: 'SH' }).waitFor(); // comes while a value is typed
  await page.keyboard.press('Enter');
  await cell('Length of note 2', '0.75');
  await cell('Velocity of note 2', '0.3');
  await page.getByLabel('Select note 2').check();
  await rollSays('2 selected');
  const second = (await savedScore(page, (score) => score.notes[1]?.velocity === 0.3)).notes[1];
  assert.deepEqual([second.lyric, second.startSec, second.durationSec], ['shine', 2, 0.75]);
  await button('Remove note 1').click();
  await rollSays('1 note');
  await button('Add a note').click();
  await rollSays('2 notes');
});

test('voice, language and engine go into the render, whose papers are shown raw', async () => {
  const { page } = at;
  const bodies = [];
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/render')) bodies.push(request.postDataJSON()); });
  await at.open();
  await openScore(page, NOTES);
  const panel = page.locator('#engine-panel');
  await panel.getByLabel('Voice').selectOption('tenor');
  await panel.getByLabel('Default timbre').selectOption('OO');
  await panel.getByLabel('Determinism').selectOption('Fast');
  await panel.getByLabel('Seed').fill('42');
  await page.keyboard.press('Enter');
  await page.fill('#lyrics', 'schöne Musik');
  await page.locator('#lyrics-panel').getByLabel('Language').selectOption('German');
  await page.click('#generate-phonemes');
  await page.click('#show-phonemes');
  await page.locator('.phoneme-list strong', { hasText: /^SH$/ }).waitFor();
  await page.click('#show-phonemes');
  await page.locator('.phoneme-list').waitFor({ state: 'detached' });
  await renderAs(page, 'Of a tenor');
  const { config, score } = bodies[0];
  assert.deepEqual([config.presetId, config.defaultTimbre, config.deterministic, config.rngSeed, score.lyrics.language], ['tenor', 'OO', 'fast', 42, 'de']);
  await page.getByText('Raw telemetry').click();
  await page.locator('.raw', { hasText: 'renderTimeMs' }).waitFor();
  await page.getByText('Raw provenance').click();
  await page.locator('.raw', { hasText: 'wavHash' }).waitFor();

  await page.click('#tab-bank');
  const row = page.locator('.render-row', { hasText: 'Of a tenor' });
  await row.getByRole('button', { name: 'Rename Of a tenor' }).click();
  await page.getByLabel('New name').fill('Something else');
  await button('Keep old name').click();
  await row.locator('.render-name').click();
  const details = page.getByLabel('Details of Of a tenor');
  await details.getByText('Telemetry').click();
  await details.locator('.raw', { hasText: 'renderTimeMs' }).waitFor();
  await details.getByText('Provenance').click();
  await details.locator('.raw', { hasText: 'scoreHash' }).waitFor();
  await page.getByLabel('Compare Of a tenor').check();
  await page.getByLabel(/^Compare Last/).check();
  await page.click('#compare');
  await button('Play A').click();
  await button('Stop').click();
  await page.getByRole('button', { name: 'Play A', pressed: false }).waitFor();
  await button('Close').click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
});

test('live: another voice, breath, octave, more words, panic and leaving', async () => {
  const { page } = at;
  const sent = sentOn(page);
  await at.open();
  await connectLive(page);
  await page.locator('#live-voice').getByLabel('Voice').selectOption('soprano');
  await until(() => sent.some(({ type, presetId }) => type === 'param_update' && presetId === 'soprano'), 'the voice is asked for');
  await page.locator('#live-sound').getByLabel('Breathiness').fill('0.6');
  await page.locator('#live-sound').getByLabel('Octave').fill('1');
  await page.fill('#live-lyrics', 'one');
  await button('Sing these').click();
  await page.getByText('1 syllable waits').waitFor();
  await page.fill('#live-lyrics', 'two three');
  await button('Add').click();
  await page.getByText('3 syllables wait').waitFor();
  await page.fill('#live-lyrics', '');
  await button('Clear words').click();
  await page.getByText('No words wait.').waitFor();
  await page.locator('#live-stop').focus();
  await page.keyboard.down('z');
  await until(() => sent.some(({ type, midi, breathiness }) => type === 'note_on' && midi === 72 && breathiness === 0.6), 'an octave higher, with breath');
  await page.click('#panic');
  await until(() => sent.some(({ command }) => command === 'panic'), 'panic');
  await page.keyboard.up('z');
  await page.click('#live-disconnect');
  await page.locator('#live-badge', { hasText: 'Not connected' }).waitFor();
});

test('jam: the desk, a strip, a score track, the invitation and the way in by number', async (t) => {
  const { page } = at;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const sent = sentOn(page);
  const last = (type) => sent.filter((message) => message.type === type).at(-1);
  const told = (what, type, fits) => until(() => { const message = last(type); return message !== undefined && fits(message); }, what);
  await at.open();
  await drawNotes(page, 2);
  await page.click('#tab-jam');
  await page.fill('#jam-name', 'Ada');
  await page.click('#jam-connect');
  await page.getByLabel('Show it in the list').uncheck();
  await page.getByLabel('Tempo').fill('96');
  await page.click('#jam-create');
  await page.locator('#jam-leave').waitFor();
  assert.deepEqual([last('session_create').bpm, last('session_create').listed], [96, false]);

  const desk = page.locator('.jam-transport');
  const type = async (label, value) => {
    await desk.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press('Enter');
  };
  await type('BPM', '120');
  await told('tempo', 'transport_set', ({ bpm }) => bpm === 120);
  await desk.getByLabel('Metre').selectOption('3/4');
  await told('metre', 'transport_set', ({ timeSig }) => timeSig?.num === 3);
  await desk.getByLabel('Quantise').selectOption('1/8');
  await told('grid', 'session_set_quantize', ({ grid }) => grid === '1/8');
  await type('Loop from (s)', '1');
  await told('loop start', 'transport_set', ({ loopStartSec }) => loopStartSec === 1);
  await type('to (s)', '3');
  await told('loop end', 'transport_set', ({ loopEndSec }) => loopEndSec === 3);
  await page.click('#jam-loop');
  await told('loop', 'transport_set', ({ loopEnabled }) => loopEnabled === true);
  await type('Seek (s)', '2');
  await told('seek', 'transport_seek', ({ positionSec }) => positionSec === 2);
  await button('To start').click();
  await told('to start', 'transport_seek', ({ positionSec }) => positionSec === 0);
  await page.check('#jam-count-in');
  await page.click('#jam-metronome');
  await page.getByRole('button', { name: 'Metronome', pressed: true }).waitFor();
  await page.click('#jam-hear-click');
  await told('click for me', 'listen_set', ({ metronome }) => typeof metronome === 'boolean');

  await page.click('#jam-add-track');
  const strip = page.locator('.strip[data-track]');
  await strip.getByLabel('Gain').fill('0.5');
  await told('gain', 'track_update', ({ gain }) => gain === 0.5);
  await strip.getByLabel('Pan').fill('-0.5');
  await told('pan', 'track_update', ({ pan }) => pan === -0.5);
  for (const name of ['Mute', 'Solo']) {
    await strip.getByRole('button', { name }).click();
    await strip.getByRole('button', { name, pressed: true }).waitFor();
  }
  await strip.getByRole('button', { name: 'Mute' }).click();
  await strip.getByLabel('Timbre').selectOption('EE');
  await told('timbre', 'track_update', ({ defaultTimbre }) => defaultTimbre === 'EE');
  await strip.getByLabel('Polyphony').fill('2');
  await told('polyphony', 'track_update', ({ polyphonyLimit }) => polyphonyLimit === 2);
  // Level by level the strip is drawn anew meanwhile: what is typed must stay.
  await strip.locator('.strip-name').fill('');
  await strip.locator('.strip-name').pressSequentially('Lead', { delay: 120 });
  await page.keyboard.press('Enter');
  await page.getByLabel('Track Lead', { exact: true }).waitFor();
  await strip.getByRole('button', { name: 'Sing my score' }).click();
  await strip.getByText('Score: 2 notes').waitFor();
  await strip.getByLabel('Input').selectOption('Sings a score');
  await page.waitForFunction(() => [...document.querySelectorAll('.strip[data-track] button')].find((b) => b.textContent === 'Play this')?.disabled === true);
  assert.ok(await page.locator('#key-z').isDisabled(), 'keys play no track that sings a score');
  await page.click('#jam-play');
  await told('play after a count-in', 'transport_play', ({ countInMeasures }) => countInMeasures === 1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();

  await button('Copy invitation').click();
  await page.getByText('Link copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const id = await page.locator('#jam-id').textContent();
  assert.ok(link.endsWith(`/#jam/${id}`), link);
  const guest = await at.browser.newContext();
  t.after(() => guest.close());
  const bea = await guest.newPage();
  await bea.goto(link);
  await bea.fill('#jam-name', 'Bea');
  await bea.click('#jam-connect');
  assert.equal(await bea.inputValue('#jam-session-id'), id, 'the invitation fills it in');
  await bea.click('#jam-join');
  await bea.locator('#jam-leave').click();
  await bea.getByRole('button', { name: 'Disconnect' }).click();
  await bea.locator('#jam-connect').waitFor();

  await strip.getByRole('button', { name: 'Remove Lead' }).click();
  await strip.waitFor({ state: 'detached' });
});

test('a click on the score file button opens the browser\'s own chooser', async () => {
  const { page } = at;
  await at.open();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Import' }).click()]);
  await chooser.setFiles({ name: 'song.lrc', mimeType: 'text/plain', buffer: Buffer.from('[ti:Rain]\n[00:01.00]rain on me\n') });
  await rollSays('3 notes');
  assert.equal(await page.inputValue('.title-input'), 'Rain');
});

test('phonemes that came with a score are derived anew from its words', async () => {
  const { page } = at;
  await at.open();
  await openScore(page, {
    ...NOTES, lyrics: { text: 'sun rise' },
    phonemes: [{ tSec: 0, durSec: 1, phoneme: 'AA', kind: 'vowel' }, { tSec: 1, durSec: 1, phoneme: 'IY', kind: 'vowel' }],
  });
  await savedScore(page, (score) => score.phonemes?.length === 2);
  await button('Derive them from the words').click();
  await savedScore(page, (score) => score.phonemes === undefined);
});
