import type { Note } from '../../wire/types.ts';
import { Failure } from '../../wire/failure.ts';
import { documentOf, type Meter, type ScoreDocument } from '../model/document.ts';
import { checkScore } from '../model/score-check.ts';
import { documentFromStored } from '../model/stored-document.ts';
import { saved } from '../store.ts';

export interface ImportedTrack {
  readonly name: string;
  readonly notes: readonly Note[];
}

export interface ImportedSong {
  readonly title: string;
  readonly bpm: number;
  readonly meter: Meter;
  /** At least one, each with notes. */
  readonly tracks: readonly ImportedTrack[];
}

const LARGEST_BYTES = 20 * 1024 * 1024;

/** Reads a file by its content rather than by its name. The readers are loaded when they are first needed. */
export async function readImport(file: File): Promise<ImportedSong | { readonly document: ScoreDocument }> {
  if (file.size > LARGEST_BYTES) throw new Error('The file is larger than 20 MB.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const title = file.name.replace(/\.[^.]+$/, '');
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  if (head === 'MThd') return withNotes((await import('./midi.ts')).readMidi(bytes, title));
  if (head.startsWith('PK')) return withNotes((await import('./musicxml.ts')).readCompressedMusicXml(bytes, title));
  const text = new TextDecoder().decode(bytes).trimStart().replace(/^\uFEFF/, '');
  if (text.startsWith('<')) return withNotes((await import('./musicxml.ts')).readMusicXml(text, title));
  const daemon = await import('./by-daemon.ts');
  if (daemon.isForDaemon(text)) return withNotes(await daemon.importByDaemon(file, title));
  return { document: readJson(text, title) };
}

function withNotes(song: ImportedSong): ImportedSong {
  const tracks = song.tracks.filter((track) => track.notes.length > 0);
  if (tracks.length === 0) throw new Error('The file has no notes.');
  return { ...song, tracks };
}

function readJson(text: string, title: string): ScoreDocument {
  const stored = documentFromStored(text);
  if (stored !== undefined) return stored;
  const value: unknown = JSON.parse(text);
  const inner = typeof value === 'object' && value !== null && 'score' in value ? value.score : value;
  const checked = checkScore(inner);
  if ('score' in checked) return documentOf(checked.score, title, saved.value.engine);
  throw new Failure('INVALID_SCORE', 'The file is no score.', { issues: checked.issues });
}
