// The Live tab in a real browser against a real daemon.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectLive, downloaded, newTouchPage, sentOn, stage, until } from './stage.mjs';

const at = stage();

/** A proxy before the daemon's socket that can hold back or change what comes from it. */
async function proxyLive(page, change) {
  await page.routeWebSocket('**/ws', (client) => {
    const server = client.connectToServer();
    server.onMessage((message) => change(message, (other) => client.send(other)));
    client.onMessage((message) => server.send(message));
  });
}

/** Remembers the analyser that every live sound goes through. */
const listen = (page) => page.addInitScript(() => {
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function remember(...to) {
    if (this instanceof AnalyserNode) globalThis.heard = this;
    return connect.apply(this, to);
  };
});

/** Waits until the sound is heard at a pitch. On a busy machine it may come in pieces: once whole is enough. */
const hears = (page, frequencyHz) => page.waitForFunction((wanted) => {
  const samples = new Float32Array(2048);
  globalThis.heard?.getFloatTimeDomainData(samples);
  const rate = globalThis.heard?.context.sampleRate ?? 48_000;
  let [best, lag] = [0.5, 0];
  for (let shift = 60; shift < 400; shift += 1) {
    let sum = 0;
    for (let i = 0; i < 1600; i += 1) sum += samples[i] * samples[i + shift];
    if (sum > best * 1.01) [best, lag] = [sum, shift];
  }
  return lag > 0 && Math.abs(1200 * Math.log2(rate / lag / wanted)) < 25;
}, frequencyHz);

async function press(page, id) {
  const key = await page.locator(`#${id}`).boundingBox();
  await page.mouse.move(key.x + key.width / 2, key.y + key.height - 20);
  await page.mouse.down();
}

test('a key sounds at its pitch, is seen on scope and meter, and its take goes to the bank', async () => {
  const { page } = at;
  await listen(page);
  await at.open();
  await connectLive(page);
  await page.click('#btn-record');
  await page.locator('#record-countdown', { hasText: /\d+ s left/ }).waitFor();
  await press(page, 'key-n');
  await hears(page, 440);
  await page.waitForFunction(() => Number(document.querySelector('#level-meter').ariaValueNow) > -40);
  await page.waitForFunction(() => {
    const canvas = document.querySelector('#scope');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width - 20, canvas.height);
    let curve = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] < 0x80 && data[i + 1] > 0xb0) curve += 1;
    return curve > 200;
  });
  await page.mouse.up();
  await page.click('#btn-record');
  await page.fill('#ask-input', 'My take');
  await page.keyboard.press('Enter');
  await page.click('#tab-bank');
  const take = page.locator('.render-row', { hasText: 'My take' });
  await take.locator('.render-name').click();
  const midi = await downloaded(page, () => page.click('#download-midi'));
  assert.equal(midi.bytes.subarray(0, 4).toString('latin1'), 'MThd');
  await page.click('#open-score');
  await page.waitForFunction(() => document.querySelector('#piano-roll')?.ariaLabel.includes('1 note'));
});

test('computer keys, octaves, sliders and the choice of latency reach the daemon', async () => {
  const { page } = at;
  const sent = sentOn(page);
  await at.open();
  await connectLive(page);
  await page.getByLabel('Vibrato').fill('40');
  await page.getByLabel('Portamento').fill('100');
  await page.getByLabel('Velocity').fill('0.5');
  await page.getByLabel('Polyphony').fill('8');
  await page.getByLabel('Latency').selectOption('Safe (150 ms)');
  await page.getByLabel('Limiter').uncheck();
  await page.getByLabel('Timbre').selectOption('EE');
  await page.keyboard.press(']');
  await page.locator('#live-stop').focus();
  await page.keyboard.down('q');
  await page.locator('#key-q.lit').waitFor();
  await page.keyboard.up('q');
  await until(() => sent.some(({ type, noteId }) => type === 'note_off' && noteId === 'key-q'), 'note_off');
  const note = sent.find(({ type }) => type === 'note_on');
  assert.deepEqual([note.midi, note.velocity, note.timbre, note.portamentoMs, note.vibrato.depthCents], [84, 0.5, 'EE', 100, 40]);
  const params = sent.filter(({ type }) => type === 'param_update').at(-1);
  assert.deepEqual([params.maxPolyphony, params.limiter, params.defaultTimbre], [8, false, 'EE']);
  await page.click('#live-stop');
  await until(() => sent.some(({ command }) => command === 'stop'), 'stop');
  await page.click('#live-play');
  await page.keyboard.press('Escape');
  await until(() => sent.some(({ command }) => command === 'panic'), 'panic by key');
  await page.reload();
  await page.click('#tab-live');
  assert.equal(await page.getByLabel('Latency').inputValue(), 'safe', 'settings stay in this browser');
});

test('fingers play on a touch screen', async () => {
  const page = await newTouchPage(at.browser);
  const sent = sentOn(page);
  await page.goto(`${at.daemon.base}/live`);
  await connectLive(page);
  await page.locator('#key-z').tap();
  await until(() => sent.some(({ type }) => type === 'note_off'), 'note_off');
  assert.deepEqual(sent.filter(({ type }) => type.startsWith('note')).map(({ type, noteId }) => [type, noteId]),
    [['note_on', 'key-z'], ['note_off', 'key-z']]);
  await page.context().close();
});

test('the pad blends timbres and breath, thirty times a second at most', async () => {
  const { page } = at;
  const sent = sentOn(page);
  await at.open();
  await connectLive(page);
  const pad = page.locator('#xy-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 2, box.y + box.height - 2);
  const began = performance.now();
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2, { steps: 60 });
  await page.mouse.up();
  const morphs = () => sent.filter(({ type }) => type === 'timbre_morph');
  await until(() => { const last = morphs().at(-1)?.weights; return last !== undefined && Math.abs(last.AH - 0.5) < 0.02 && Math.abs(last.EE - 0.5) < 0.02; },
    'half AH, half EE');
  assert.ok(morphs().length <= Math.ceil((performance.now() - began) / 1000 * 30) + 2, `${morphs().length} messages`);
  await until(() => sent.some(({ type, controller, value }) => type === 'control' && controller === 'breathiness' && Math.abs(value - 0.5) < 0.02), 'breath');
  await pad.focus();
  await page.keyboard.press('ArrowRight');
  await until(() => morphs().at(-1).weights.EE > 0.55, 'the pad moves by arrow keys');
  assert.match(await pad.getAttribute('aria-valuetext'), /AH \d+ percent and EE \d+ percent, breath 50 percent/);
});

test('hold keeps notes until it is switched off', async () => {
  const { page } = at;
  const sent = sentOn(page);
  await at.open();
  await connectLive(page);
  await page.click('#hold');
  for (const key of ['z', 'c']) {
    await page.keyboard.down(key);
    await page.keyboard.up(key);
  }
  await page.locator('#key-c.lit').waitFor();
  assert.equal(sent.filter(({ type }) => type === 'note_off').length, 0);
  await page.click('#hold');
  await until(() => sent.filter(({ type }) => type === 'note_off').length === 2, 'both notes end');
  await page.locator('.piano-key.lit').first().waitFor({ state: 'detached' });
});

test('words wait for the keys, one syllable a note', async () => {
  const { page } = at;
  await at.open();
  await connectLive(page);
  await page.fill('#live-lyrics', 'amazing grace');
  await page.getByRole('button', { name: 'Sing these' }).click();
  await page.getByText('4 syllables wait').waitFor();
  await press(page, 'key-z');
  await page.getByText('3 syllables wait').waitFor();
  await page.mouse.up();
  await page.locator('#live-words', { hasText: 'Sung last' }).waitFor();
  assert.equal((await at.text('#error-panel')).trim(), '');
});

test('latency and jitter are measured and coloured', async () => {
  const { page } = at;
  await at.open();
  await connectLive(page);
  await press(page, 'key-z');
  await page.click('#tap-test');
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('#live-latency dd')];
    return rows.length === 5 && rows.every((row) => /\d ms/.test(row.textContent))
      && ['ok', 'warn', 'bad'].includes(rows[0].className) && ['ok', 'warn', 'bad'].includes(rows[4].className);
  });
  await page.waitForFunction(() => ['ok', 'warn', 'bad'].some((tone) => document.querySelector('#tile-jitter').classList.contains(tone))
    && /\d ms/.test(document.querySelector('#tile-latency').textContent));
  await page.mouse.up();
});

test('a starved buffer is named, with what to do', async () => {
  const { page } = at;
  // Audio is held back inside the page: a proxy outside would lag behind on a busy machine, and the buffer live on its queue.
  await page.addInitScript(() => {
    globalThis.WebSocket = class extends WebSocket {
      constructor(...to) {
        super(...to);
        this.addEventListener('message', (event) => { if (globalThis.audioHeld && typeof event.data !== 'string') event.stopImmediatePropagation(); });
      }
    };
  });
  await at.open();
  await connectLive(page);
  await press(page, 'key-z');
  await page.waitForFunction(() => Number(document.querySelector('#level-meter').ariaValueNow) > -50);
  await page.evaluate(() => { globalThis.audioHeld = true; });
  await page.locator('#buffer-starved', { hasText: 'BUFFER STARVED' }).waitFor();
  assert.match(await at.text('#live-alerts'), /Balanced to Safe.*polyphony/);
  assert.notEqual(await at.text('#tile-underruns dd'), '0');
  await page.mouse.up();
});

test('clipping and clicks are pointed at', async () => {
  const { page } = at;
  await proxyLive(page, (message, forward) => {
    const telemetry = typeof message === 'string' && message.includes('"telemetry"') ? JSON.parse(message) : undefined;
    forward(telemetry === undefined ? message : JSON.stringify({ ...telemetry, peakDbfs: 0.4, clickDeltaMaxRecent: 0.5 }));
  });
  await at.open();
  await connectLive(page);
  await page.locator('#live-alerts', { hasText: /CLIPPING.*CLICK RISK/ }).waitFor();
});

test('a take ends by itself at 60 s and says why', async () => {
  const { page } = at;
  let cap;
  await proxyLive(page, (message, forward) => {
    forward(message);
    cap ??= () => {
      // The minute is the daemon's own and tested there; here it is cut short.
      forward(JSON.stringify({ type: 'record_status', recording: false, durationSec: 60, samplesRecorded: 2_880_000 }));
      forward(JSON.stringify({ type: 'record_saved', renderId: 'last', name: 'Live Take 10:00:00', durationSec: 60 }));
    };
  });
  await at.open();
  await connectLive(page);
  await page.click('#btn-record');
  await page.locator('#btn-record', { hasText: 'Stop' }).waitFor();
  cap();
  await page.getByText('the 60 s are full').waitFor();
  await page.locator('#btn-record', { hasText: 'Record' }).waitFor();
});

test('the metronome beats, and pulls notes to its grid', async () => {
  const { page } = at;
  const sent = sentOn(page);
  await at.open();
  await connectLive(page);
  await page.locator('#live-metronome').getByLabel('BPM').fill('240');
  await page.keyboard.press('Enter');
  await page.click('#metronome-on');
  await page.locator('.beat.on').nth(0).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.beat')].findIndex((beat) => beat.classList.contains('on')) === 2);
  await page.locator('#live-metronome').getByLabel('BPM').fill('200');
  await page.waitForFunction(() => [...document.querySelectorAll('.beat')].findIndex((beat) => beat.classList.contains('on')) === 0);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#live-metronome').getByLabel('BPM').inputValue(), '200', 'a beat does not take what is typed');
  await page.getByLabel('Quantise what I play').check();
  await page.locator('#live-play').focus();
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.down('x');
    await page.keyboard.up('x');
  }
  await until(() => sent.filter(({ type }) => type === 'note_off').length > 0, 'a quantised note ends');
  const order = sent.filter(({ type }) => type === 'note_on' || type === 'note_off').map(({ type }) => type);
  assert.equal(order[0], 'note_on', 'no note ends before it began');
});

/** A MIDI access of two keyboards, whose keys the test presses. */
const injectMidi = (page) => page.addInitScript(() => {
  class Port extends EventTarget {
    constructor(id, name) {
      super();
      Object.assign(this, {
        id, name, type: 'input', state: 'connected', connection: 'closed', manufacturer: 'Test', version: '1', onmidimessage: null, onstatechange: null,
        open: async () => this, close: async () => this,
      });
    }

    play(...bytes) {
      const event = Object.assign(new Event('midimessage'), { data: Uint8Array.from(bytes) });
      this.onmidimessage?.(event);
      this.dispatchEvent(event);
    }
  }
  const ports = [new Port('one', 'Stage Piano'), new Port('two', 'Pad Controller')];
  globalThis.keyboards = Object.fromEntries(ports.map((port) => [port.id, port]));
  const access = Object.assign(new EventTarget(), {
    inputs: new Map(ports.map((port) => [port.id, port])), outputs: new Map(), sysexEnabled: false, onstatechange: null,
  });
  Navigator.prototype.requestMIDIAccess = async () => access;
});

test('a MIDI keyboard plays: device, channel, velocity, wheel and pedal', async () => {
  const { page } = at;
  await injectMidi(page);
  await listen(page);
  const sent = sentOn(page);
  const play = (id, ...bytes) => page.evaluate(([port, data]) => globalThis.keyboards[port].play(...data), [id, bytes]);
  const notes = () => sent.filter(({ type }) => type.startsWith('note'));
  await at.open();
  await connectLive(page);
  await page.click('#enable-midi');
  await page.getByText('MIDI ready').waitFor();
  const panel = page.locator('#midi-panel');
  assert.deepEqual(await panel.getByLabel('Input').locator('option').allTextContents(), ['First', 'Stage Piano', 'Pad Controller']);

  await play('one', 0x90, 57, 127);
  await hears(page, 220);
  await play('one', 0xE0, 0x7f, 0x7f);
  await until(() => sent.some(({ controller, value }) => controller === 'bend' && value > 190), 'the wheel');
  await play('one', 0xB0, 64, 127);
  await until(() => sent.some(({ controller, value }) => controller === 'sustain' && value === 1), 'the pedal');
  await play('one', 0x90, 57, 0);
  await until(() => notes().at(-1).type === 'note_off', 'a note-on of velocity 0 ends the note');
  assert.equal(notes()[0].velocity, 1);

  await panel.getByLabel('Input').selectOption('Pad Controller');
  await play('one', 0x90, 60, 100);
  await play('two', 0x91, 62, 64);
  await until(() => notes().some(({ midi }) => midi === 62), 'the chosen device');
  assert.ok(!notes().some(({ midi }) => midi === 60), 'the other device is not heard');

  await panel.getByLabel('Channel').selectOption('1');
  await play('two', 0x91, 64, 64);
  await play('two', 0x90, 65, 64);
  await until(() => notes().some(({ midi }) => midi === 65), 'channel 1');
  assert.ok(!notes().some(({ midi }) => midi === 64), 'channel 2 is not heard');
});

test('a browser without WebMIDI is told what to use', async () => {
  const { page } = at;
  await page.addInitScript(() => { delete Navigator.prototype.requestMIDIAccess; });
  await at.open('/live');
  await page.click('#enable-midi');
  await page.locator('#midi-message', { hasText: 'Firefox does not; use Chrome, Edge, or Safari with the WebMIDI flag enabled' }).waitFor();
});

test('denied MIDI says how to allow it', async () => {
  const { page } = at;
  await page.addInitScript(() => {
    Navigator.prototype.requestMIDIAccess = async () => { throw new DOMException('no', 'SecurityError'); };
  });
  await at.open('/live');
  await page.click('#enable-midi');
  await page.locator('#midi-message', { hasText: 'denied access to MIDI devices' }).waitFor();
  assert.match(await at.text('#midi-message'), /refresh the page/);
});
