import { Failure } from '../../wire/failure.ts';
import { documentOf, type EngineConfig, type ScoreDocument } from '../model/document.ts';
import { checkScore } from '../model/score-check.ts';
import { documentFromStored } from '../model/stored-document.ts';
import { readForeign, type ForeignSong } from './foreign-file.ts';

/** Reads score JSON here and leaves other programs' files to the daemon, by their content rather than by their name. */
export async function readImport(file: File, engine: EngineConfig): Promise<ForeignSong> {
  const head = (await file.slice(0, 64).text()).replace(/^\uFEFF/, '').trimStart();
  if (head.startsWith('{')) return { document: readJson(await file.text(), file.name.replace(/\.[^.]+$/, ''), engine), tracks: [] };
  const song = await readForeign(file, engine);
  if (song.tracks.length === 0) throw new Error('The file has no notes.');
  return song;
}

function readJson(text: string, title: string, engine: EngineConfig): ScoreDocument {
  const stored = documentFromStored(text);
  if (stored !== undefined) return stored;
  const value: unknown = JSON.parse(text);
  const inner = typeof value === 'object' && value !== null && 'score' in value ? value.score : value;
  const checked = checkScore(inner);
  if ('score' in checked) return documentOf(checked.score, title, engine);
  throw new Failure('INVALID_SCORE', 'The file is no score.', { issues: checked.issues });
}
