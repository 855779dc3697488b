import { strFromU8, unzipSync } from 'fflate';
import type { Note } from '../../wire/types.ts';
import { roundSec } from '../model/grid.ts';
import type { Meter } from '../model/document.ts';
import { clampTempo, meterOf } from './midi.ts';
import type { ImportedSong, ImportedTrack } from './read-import.ts';
import { joinSyllables } from './syllables.ts';
import { TempoMap } from './tempo-map.ts';

const LARGEST_UNPACKED = 64 * 1024 * 1024;
const STEPS: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** A note with its times in quarter notes, before the tempo is known. */
interface WrittenNote {
  start: number;
  length: number;
  readonly midi: number;
  readonly lyric: string | undefined;
  /** Whether the word goes on with the next lyric. */
  readonly wordGoesOn: boolean;
}

export function readCompressedMusicXml(bytes: Uint8Array, title: string): ImportedSong {
  let size = 0;
  const files = unzipSync(bytes, {
    filter: (file) => {
      size += file.originalSize;
      if (size > LARGEST_UNPACKED) throw new Error('The file unpacks to more than 64 MB.');
      return /\.(xml|musicxml)$/i.test(file.name);
    },
  });
  const container = files['META-INF/container.xml'];
  const named = container === undefined ? undefined : /full-path="([^"]+)"/.exec(strFromU8(container))?.[1];
  const path = named ?? Object.keys(files).find((name) => !name.startsWith('META-INF/'));
  const file = path === undefined ? undefined : files[path];
  if (file === undefined) throw new Error('The archive holds no score.');
  return readMusicXml(strFromU8(file), title);
}

export function readMusicXml(text: string, title: string): ImportedSong {
  const xml = new DOMParser().parseFromString(text, 'application/xml');
  if (xml.querySelector('parsererror') !== null) throw new Error('The file is not well-formed XML.');
  if (xml.querySelector('score-partwise') === null) throw new Error('Only score-partwise MusicXML can be read.');
  const parts = [...xml.querySelectorAll('score-partwise > part')];
  const tempo = new TempoMap();
  const written = parts.map((part) => joinSyllables(readPart(part, tempo)));
  const names = parts.map((part) => partName(xml, part.getAttribute('id') ?? ''));
  return {
    title: textOf(xml.querySelector('work > work-title, movement-title')) ?? title,
    bpm: clampTempo(tempo.firstBpm()),
    meter: firstMeter(xml),
    tracks: written.map((notes, index): ImportedTrack => ({
      name: names[index] ?? `Part ${index + 1}`,
      notes: notes.map((note, at): Note => {
        const startSec = tempo.secondsAt(note.start);
        return {
          id: `x${at + 1}`,
          startSec: roundSec(startSec),
          durationSec: roundSec(Math.max(0.01, tempo.secondsAt(note.start + note.length) - startSec)),
          midi: note.midi,
          ...(note.lyric === undefined ? {} : { lyric: note.lyric }),
        };
      }),
    })),
  };
}

function readPart(part: Element, tempo: TempoMap): WrittenNote[] {
  const notes: WrittenNote[] = [];
  const open = new Map<number, WrittenNote>();
  let divisions = 1;
  let transpose = 0;
  let at = 0;
  let chordStart = 0;
  for (const measure of part.querySelectorAll(':scope > measure')) {
    const measureStart = at;
    let measureEnd = at;
    for (const element of measure.children) {
      const length = numberOf(element.querySelector(':scope > duration')) / divisions;
      switch (element.tagName) {
        case 'attributes':
          divisions = numberOf(element.querySelector('divisions'), divisions) || 1;
          transpose = numberOf(element.querySelector('transpose > chromatic'), transpose);
          break;
        case 'direction':
        case 'sound': {
          const sound = element.tagName === 'sound' ? element : element.querySelector('sound[tempo]');
          const bpm = Number(sound?.getAttribute('tempo') ?? Number.NaN);
          if (bpm > 0) tempo.set(at, bpm);
          break;
        }
        case 'backup':
          at = Math.max(measureStart, at - length);
          break;
        case 'forward':
          at += length;
          break;
        case 'note': {
          if (element.querySelector(':scope > grace') !== null) break;
          const inChord = element.querySelector(':scope > chord') !== null;
          const start = inChord ? chordStart : at;
          chordStart = start;
          if (!inChord) at += length;
          const midi = pitchOf(element, transpose);
          if (midi !== undefined) addWritten(notes, open, element, { start, length, midi });
          break;
        }
        default:
          break;
      }
      measureEnd = Math.max(measureEnd, at);
    }
    at = measureEnd;
  }
  return notes;
}

/** Tied notes become one; a note under an extender line holds the syllable before. */
function addWritten(
  notes: WrittenNote[], open: Map<number, WrittenNote>, element: Element,
  { start, length, midi }: { start: number; length: number; midi: number },
): void {
  const ties = [...element.querySelectorAll(':scope > tie')].map((tie) => tie.getAttribute('type'));
  const before = open.get(midi);
  if (ties.includes('stop') && before !== undefined) {
    before.length = start + length - before.start;
    if (!ties.includes('start')) open.delete(midi);
    return;
  }
  const syllabic = textOf(element.querySelector(':scope > lyric > syllabic'));
  const wordGoesOn = syllabic === 'begin' || syllabic === 'middle';
  const note: WrittenNote = { start, length, midi, lyric: lyricOf(element, notes), wordGoesOn };
  notes.push(note);
  if (ties.includes('start')) open.set(midi, note);
}

function lyricOf(element: Element, before: readonly WrittenNote[]): string | undefined {
  const lyric = element.querySelector(':scope > lyric');
  if (lyric === null) {
    const slurred = before.at(-1)?.lyric !== undefined && element.querySelector('slur[type="stop"], slur[type="continue"]') !== null;
    return slurred ? '-' : undefined;
  }
  const text = [...lyric.querySelectorAll(':scope > text')].map((node) => node.textContent ?? '').join(' ').trim();
  if (text === '') return lyric.querySelector('extend') === null ? undefined : '-';
  return text.slice(0, 64);
}

function pitchOf(note: Element, transpose: number): number | undefined {
  const pitch = note.querySelector(':scope > pitch');
  const step = textOf(pitch?.querySelector('step') ?? null);
  if (pitch === null || step === undefined) return undefined;
  const alter = Math.round(numberOf(pitch.querySelector('alter')));
  const midi = (numberOf(pitch.querySelector('octave'), 4) + 1) * 12 + (STEPS[step] ?? 0) + alter + transpose;
  return Math.min(127, Math.max(0, midi));
}

function partName(xml: Document, id: string): string | undefined {
  const part = [...xml.querySelectorAll('part-list > score-part')].find((entry) => entry.getAttribute('id') === id);
  return textOf(part?.querySelector('part-name') ?? null);
}

function firstMeter(xml: Document): Meter {
  const time = xml.querySelector('attributes > time');
  return time === null ? meterOf(undefined) : meterOf([numberOf(time.querySelector('beats'), 4), numberOf(time.querySelector('beat-type'), 4)]);
}

function textOf(element: Element | null): string | undefined {
  const text = element?.textContent?.trim();
  return text === undefined || text === '' ? undefined : text;
}

function numberOf(element: Element | null, fallback = 0): number {
  const value = Number.parseFloat(element?.textContent ?? '');
  return Number.isFinite(value) ? value : fallback;
}
