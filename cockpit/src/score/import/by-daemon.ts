import type { ImportAnswer } from '../../generated/wire.ts';
import { authFetch } from '../../wire/http.ts';
import type { ImportedSong } from './read-import.ts';

/** What the daemon reads and this page does not: UTAU's UST, OpenUtau's USTX, and LRC. */
export function isForDaemon(text: string): boolean {
  return /^\[#(VERSION|SETTING|\d{4})\]/m.test(text.slice(0, 2000))
    || text.slice(0, 4000).includes('ustx_version')
    || /^\s*\[\d{1,3}:\d{2}/m.test(text.slice(0, 4000));
}

/** Without a track the daemon merges all of them; of several each is asked for alone, so that one can be chosen. */
export async function importByDaemon(file: Blob, title: string): Promise<ImportedSong> {
  const { score, tracks } = await ask(file, '');
  const sung = tracks.filter((track) => track.notes > 0);
  const song = { title, bpm: score.bpm, meter: { beats: 4, unit: 4 } } as const;
  if (sung.length < 2) return { ...song, tracks: [{ name: sung[0]?.name || title, notes: score.notes }] };
  return {
    ...song,
    tracks: await Promise.all(sung.map(async ({ index, name }) => ({
      name: name === '' ? `Track ${index + 1}` : name, notes: (await ask(file, `?track=${index}`)).score.notes,
    }))),
  };
}

async function ask(file: Blob, query: string): Promise<ImportAnswer> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const response = await authFetch(`scores/import${query}`, { method: 'POST', headers, body: file });
  return (await response.json()) as ImportAnswer;
}
