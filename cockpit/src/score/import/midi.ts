import { Midi, type Track } from '@tonejs/midi';
import type { Note } from '../../wire/types.ts';
import type { Meter } from '../model/document.ts';
import { roundSec } from '../model/grid.ts';
import { joinSyllables } from './syllables.ts';
import type { ImportedSong, ImportedTrack } from './read-import.ts';

const SHORTEST_SEC = 0.01;
/** Lyric events belong to the note whose start is no farther than this. */
const LYRIC_REACH_TICKS = 12;

export function readMidi(bytes: Uint8Array, title: string): ImportedSong {
  const midi = new Midi(bytes);
  const { header } = midi;
  const lyrics = header.meta.filter((event) => event.type === 'lyrics' || event.type === 'text')
    .map((event) => ({ ticks: event.ticks, text: lyricText(event.text) })).filter((event) => event.text !== '');
  return {
    title: midi.name === '' ? title : midi.name,
    bpm: clampTempo(header.tempos[0]?.bpm ?? 120),
    meter: meterOf(header.timeSignatures[0]?.timeSignature),
    tracks: midi.tracks.filter((track) => track.notes.length > 0).map((track, index): ImportedTrack => ({
      name: track.name.trim() === '' ? `Track ${index + 1}` : track.name.trim(),
      notes: withLyrics(track, lyrics).map(({ note, lyric }, at): Note => ({
        id: `m${at + 1}`,
        startSec: roundSec(note.time),
        durationSec: roundSec(Math.max(SHORTEST_SEC, note.duration)),
        midi: note.midi,
        velocity: Math.round(note.velocity * 100) / 100,
        ...(lyric === undefined ? {} : { lyric }),
      })),
    })),
  };
}

/** A syllable that ends in a hyphen goes on with the next one. */
function withLyrics(track: Track, lyrics: readonly { readonly ticks: number; readonly text: string }[]) {
  const sung = track.notes.map((note) => {
    const text = lyrics.find((event) => Math.abs(event.ticks - note.ticks) <= LYRIC_REACH_TICKS)?.text;
    const wordGoesOn = text !== undefined && text.length > 1 && text.endsWith('-');
    return { note, lyric: wordGoesOn ? text.slice(0, -1) : text, wordGoesOn };
  });
  return joinSyllables(sung);
}

/** Karaoke files mark lines and paragraphs with slashes and directives with @. */
function lyricText(text: string): string {
  return text.startsWith('@') ? '' : text.replace(/[\\/\r\n]/g, '').trim().slice(0, 64);
}

export function clampTempo(bpm: number): number {
  return Math.min(400, Math.max(20, Math.round(bpm * 100) / 100));
}

export function meterOf(signature: readonly number[] | undefined): Meter {
  const [beats = 4, unit = 4] = signature ?? [];
  const known = unit === 2 || unit === 4 || unit === 8 || unit === 16;
  return known && beats >= 1 && beats <= 32 ? { beats, unit } : { beats: 4, unit: 4 };
}
