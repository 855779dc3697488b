import { signal } from '@preact/signals';
import { downloadBlob } from '../ui/download.ts';
import { reportError } from '../state/errors.ts';
import { Failure } from '../wire/failure.ts';
import type { ImportTrack } from '../generated/wire.ts';
import { readForeign } from './import/foreign-file.ts';
import { readImport } from './import/read-import.ts';
import { EMPTY_DOCUMENT, type ScoreDocument } from './model/document.ts';
import { exampleSong } from './model/example-song.ts';
import { storedDocument } from './model/stored-document.ts';
import { announce, replaceDocument, saved } from './store.ts';
import { centrePitch } from './view/roll-scroller.ts';

interface PendingImport {
  readonly file: File;
  readonly tracks: readonly ImportTrack[];
}

/** A file with several tracks waits here for the choice of one. */
export const pendingImport = signal<PendingImport | undefined>(undefined);

export async function importFile(file: File): Promise<void> {
  await orReport(file, async () => {
    const { document, tracks } = await readImport(file, saved.value.engine);
    if (tracks.length > 1) pendingImport.value = { file, tracks };
    else show(document);
  });
}

export async function useTrack({ file }: PendingImport, index: number): Promise<void> {
  pendingImport.value = undefined;
  await orReport(file, async () => show((await readForeign(file, saved.value.engine, index)).document));
}

async function orReport(file: File, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem);
    reportError(`Importing ${file.name}`, problem instanceof Failure ? problem : new Failure('IMPORT_FAILED', message, {
      hint: 'MIDI (.mid), MusicXML (.musicxml, .xml, .mxl), UST, USTX, LRC and score JSON can be imported.',
    }));
  }
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
