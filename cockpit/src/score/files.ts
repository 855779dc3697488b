import { signal } from '@preact/signals';
import { downloadBlob } from '../ui/download.ts';
import { reportError } from '../state/errors.ts';
import { Failure } from '../wire/failure.ts';
import { readImport, type ImportedTrack, type ImportedSong } from './import/read-import.ts';
import { EMPTY_DOCUMENT, sortNotes, type ScoreDocument } from './model/document.ts';
import { exampleSong } from './model/example-song.ts';
import { storedDocument } from './model/stored-document.ts';
import { announce, replaceDocument, saved } from './store.ts';
import { centrePitch } from './view/roll-scroller.ts';

/** A file with several parts waits here for the choice of one. */
export const pendingImport = signal<ImportedSong | undefined>(undefined);

export async function importFile(file: File): Promise<void> {
  try {
    const found = await readImport(file);
    if ('document' in found) {
      show(found.document);
    } else if (found.tracks.length === 1 && found.tracks[0] !== undefined) {
      useTrack(found, found.tracks[0]);
    } else {
      pendingImport.value = found;
    }
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem);
    reportError(`Importing ${file.name}`, problem instanceof Failure ? problem : new Failure('IMPORT_FAILED', message, {
      hint: 'MIDI (.mid), MusicXML (.musicxml, .xml, .mxl), UST, USTX, LRC and score JSON can be imported.',
    }));
  }
}

export function useTrack(song: ImportedSong, track: ImportedTrack): void {
  pendingImport.value = undefined;
  show({
    ...EMPTY_DOCUMENT,
    title: song.title,
    bpm: song.bpm,
    meter: song.meter,
    notes: sortNotes(track.notes),
    engine: saved.value.engine,
  });
}

/** An empty score for the same voice; undo brings the old one back. */
export function newScore(): void {
  replaceDocument({ ...EMPTY_DOCUMENT, engine: saved.value.engine });
  announce('New score');
}

/** The song that a newcomer can hear at once. */
export function openExample(): void {
  show({ ...exampleSong(), engine: saved.value.engine });
}

export function downloadScore(): void {
  const name = saved.value.title.replace(/[^\p{L}\p{N} _-]/gu, '').trim() || 'score';
  downloadBlob(new Blob([storedDocument(saved.value)], { type: 'application/json' }), `${name}.json`);
}

function show(document: ScoreDocument): void {
  replaceDocument(document);
  announce(`${document.notes.length} notes loaded`);
  requestAnimationFrame(centrePitch);
}
