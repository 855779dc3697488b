import type { ImportAnswer } from '../../generated/wire.ts';
import { authFetch } from '../../wire/http.ts';
import type { ImportedSong } from './read-import.ts';

/** What the daemon reads and this page does not: UTAU's UST, OpenUtau's USTX, and LRC. */
export function isForDaemon(text: string): boolean {
  return /^\[#(VERSION|SETTING|\d{4})\]/m.test(text.slice(0, 2000))
    || text.slice(0, 4000).includes('ustx_version')
    || /^\s*\[\d{1,3}:\d{2}/m.test(text.slice(0, 4000));
}

export async function importByDaemon(file: Blob, title: string): Promise<ImportedSong> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const response = await authFetch('scores/import', { method: 'POST', headers, body: file });
  const { score, tracks } = (await response.json()) as ImportAnswer;
  const name = tracks.map((track) => track.name).find((found) => found !== '') ?? title;
  return { title, bpm: score.bpm, meter: { beats: 4, unit: 4 }, tracks: [{ name, notes: score.notes }] };
}
