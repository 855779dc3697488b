// Measures what the cockpit promises: bundle, time until it can be used, frames with 2,000 notes. `npm run bench`.
// On a busy machine the times tell of the others; run it alone.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launchBrowser, newPage } from './browser.mjs';
import { startDaemon } from './daemon.mjs';
import { dropFile } from './stage.mjs';

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const NOTES = 2000;
const STARTS = 7;
const FRAMES = 240;
const FRAME_MS = 1000 / 60;

const results = [];
const report = (name, value, unit, budget) => {
  results.push({ name, value: Math.round(value * 100) / 100, unit, budget });
  console.log(`${value <= budget ? 'ok  ' : 'OVER'} ${name.padEnd(46)} ${value.toFixed(value < 100 ? 2 : 0).padStart(9)} ${unit} (at most ${Math.round(budget * 10) / 10})`);
};

const bundle = readdirSync(dist, { recursive: true }).filter((name) => /\.(js|css|html)$/.test(name))
  .reduce((sum, name) => sum + gzipSync(readFileSync(path.join(dist, name))).length, 0);
report('bundle, everything, gzip', bundle / 1000, 'kB', 300);

const daemon = await startDaemon();
const browser = await launchBrowser();
try {
  await measureStart();
  await measureFrames();
} finally {
  await browser.close();
  await daemon.stop();
}
console.log(JSON.stringify({ benchmark: 'cockpit', results }));
process.exitCode = results.every(({ value, budget }) => value <= budget) ? 0 : 1;

/**
 * From the start of the navigation until the roll is there, painted, and the main thread is free to answer; and the main
 * thread's processor time until then, which other work on the machine does not lengthen.
 */
async function measureStart() {
  const times = [];
  const work = [];
  for (let i = 0; i < STARTS; i += 1) {
    const page = await newPage(browser);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(daemon.base);
    times.push(await page.evaluate(() => new Promise((resolve) => {
      const look = () => {
        const roll = document.querySelector('#piano-roll');
        if (roll === null || roll.width === 0) requestAnimationFrame(look);
        else requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      };
      look();
    })));
    work.push((await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000);
    await page.context().close();
  }
  report(`main thread until interactive, median of ${STARTS}`, quantile(work, 0.5), 'ms', 400);
  report(`interactive, median of ${STARTS} cold pages`, quantile(times, 0.5), 'ms', 1000);
}

async function measureFrames() {
  // The steps below are handed over as text, which the page's policy would forbid.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark', bypassCSP: true });
  const page = await context.newPage();
  await page.goto(daemon.base);
  const notes = Array.from({ length: NOTES }, (_, i) => ({
    id: `n${i}`, startSec: i * 0.06, durationSec: 0.2, midi: 48 + (i * 7) % 30, velocity: 0.8, lyric: 'la', vibrato: { rateHz: 5.5, depthCents: 40, onsetSec: 0.05 },
  }));
  await dropFile(page, 'many.json', JSON.stringify({ bpm: 120, notes }));
  await page.waitForFunction((count) => document.querySelector('#piano-roll').ariaLabel.includes(`${count} notes`), NOTES);
  const scroll = await frames(page, (frame) => {
    document.querySelector('.roll-scroller').scrollLeft = frame * 24;
  });
  tell(`scrolling ${NOTES} notes`, scroll);
  const zoom = await frames(page, (frame) => {
    const scroller = document.querySelector('.roll-scroller');
    scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: frame % 60 < 30 ? -20 : 20, ctrlKey: true, bubbles: true, cancelable: true, clientX: 500, clientY: 400 }));
  });
  tell(`zooming ${NOTES} notes`, zoom);
  await page.locator('#piano-roll').focus();
  await page.keyboard.press('v');
  await page.keyboard.press('Control+a');
  const drag = await frames(page, (frame) => {
    const canvas = document.querySelector('#piano-roll');
    const box = canvas.getBoundingClientRect();
    const at = { pointerId: 1, pointerType: 'mouse', bubbles: true, button: 0, buttons: 1 };
    if (frame === 0) {
      canvas.setPointerCapture = () => undefined;
      // The first note that is under one of these rows.
      for (let y = box.top; y < box.bottom; y += 4) {
        canvas.dispatchEvent(new PointerEvent('pointermove', { ...at, buttons: 0, clientX: box.left + 200, clientY: y }));
        if (canvas.dataset.zone === 'body') {
          globalThis.grip = y;
          break;
        }
      }
      canvas.dispatchEvent(new PointerEvent('pointerdown', { ...at, clientX: box.left + 200, clientY: globalThis.grip }));
    }
    canvas.dispatchEvent(new PointerEvent('pointermove', { ...at, clientX: box.left + 200 + frame, clientY: globalThis.grip }));
  });
  tell(`dragging ${NOTES} selected notes`, drag);
  await page.context().close();
}

/**
 * Does one step a frame, and takes the distance between frames, and the main thread's processor time, which other work on
 * the machine does not lengthen.
 */
async function frames(page, step) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySec = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const before = await busySec();
  const gaps = await stepFrames(page, step);
  const workMs = ((await busySec()) - before) * 1000 / FRAMES;
  await session.detach();
  return { gaps, workMs };
}

function stepFrames(page, step) {
  return page.evaluate(async ([source, count]) => {
    const act = new Function(`return (${source})`)();
    const gaps = [];
    let before = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < count; frame += 1) {
      act(frame);
      const now = await new Promise(requestAnimationFrame);
      gaps.push(now - before);
      before = now;
    }
    return gaps;
  }, [step.toString(), FRAMES]);
}

function tell(what, { gaps, workMs }) {
  report(`${what}: main thread, a frame`, workMs, 'ms', FRAME_MS);
  report(`${what}: between frames, median`, quantile(gaps, 0.5), 'ms', FRAME_MS + 0.5);
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
