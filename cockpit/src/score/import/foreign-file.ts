import type { ImportAnswer, ImportTrack } from '../../generated/wire.ts';
import { authFetch } from '../../wire/http.ts';
import type { Note } from '../../wire/types.ts';
import { documentOf, type EngineConfig, type Meter, type ScoreDocument } from '../model/document.ts';
import { roundSec } from '../model/grid.ts';
import { joinSyllables } from './syllables.ts';

const SHORTEST_SEC = 0.01;

/** A song of another program's file, as the daemon reads it. */
export interface ForeignSong {
  readonly document: ScoreDocument;
  /** The file's tracks that have notes, also those that were not read. */
  readonly tracks: readonly ImportTrack[];
}

/**
 * Reads MIDI, MusicXML, UST, USTX or LRC.
 *
 * @param track index of the only one to read; undefined for all together
 * @throws Failure the daemon's, for what it cannot read
 */
export async function readForeign(file: File, engine: EngineConfig, track?: number): Promise<ForeignSong> {
  const query = track === undefined ? '' : `?track=${track}`;
  const headers = { 'Content-Type': 'application/octet-stream' };
  const response = await authFetch(`scores/import${query}`, { method: 'POST', headers, body: file });
  const { title, score, tracks, timeSignature } = (await response.json()) as ImportAnswer;
  const name = title ?? file.name.replace(/\.[^.]+$/, '');
  return {
    document: { ...documentOf({ ...score, notes: tidy(score.notes) }, name, engine), meter: meterOf(timeSignature) },
    tracks: tracks.filter(({ notes }) => notes > 0),
  };
}

/** Words whole on their first note, and times as the editor keeps them. */
function tidy(notes: readonly Note[]): Note[] {
  return joinSyllables(notes).map((note) => ({
    ...note, startSec: roundSec(note.startSec), durationSec: Math.max(SHORTEST_SEC, roundSec(note.durationSec)),
  }));
}

/** The editor's metres are in halves to sixteenths. */
function meterOf(signature: ImportAnswer['timeSignature']): Meter {
  const unit = signature?.den;
  const known = unit === 2 || unit === 4 || unit === 8 || unit === 16;
  return signature !== undefined && known ? { beats: signature.num, unit } : { beats: 4, unit: 4 };
}
