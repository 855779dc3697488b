import { reportError } from '../state/errors.ts';
import { Failure } from '../wire/failure.ts';
import { downloadBlob } from '../ui/download.ts';
import {
  exportScore, getAudio, getAudioAs, getScoreAs, getStoredScore, type AudioFormat, type ScoreFormat,
} from '../wire/daemon.ts';
import type { RenderMeta } from '../wire/types.ts';
import { checkScore } from '../score/model/score-check.ts';
import { editableScore } from './take-notes.ts';

type Sound = { readonly audio: AudioFormat };
type Writing = { readonly score: ScoreFormat | 'json' };

export type DownloadFormat = (Sound | Writing) & { readonly key: string; readonly label: string; readonly ending: string };

export const DOWNLOADS: readonly DownloadFormat[] = [
  { key: 'wav', label: 'WAV, 32-bit float', ending: 'wav', audio: 'wav-f32' },
  { key: 'flac', label: 'FLAC, 24 bit', ending: 'flac', audio: 'flac' },
  { key: 'wav24', label: 'WAV, 24 bit', ending: 'wav', audio: 'wav-s24' },
  { key: 'wav16', label: 'WAV, 16 bit', ending: 'wav', audio: 'wav-s16' },
  { key: 'opus', label: 'Ogg Opus', ending: 'opus', audio: 'ogg-opus' },
  { key: 'midi', label: 'MIDI with lyrics', ending: 'mid', score: 'midi' },
  { key: 'musicxml', label: 'MusicXML', ending: 'musicxml', score: 'musicxml' },
  { key: 'json', label: 'Score JSON', ending: 'json', score: 'json' },
  { key: 'htk', label: 'Phoneme labels (HTK)', ending: 'lab', score: 'htk' },
  { key: 'audacity', label: 'Phoneme labels (Audacity)', ending: 'txt', score: 'audacity' },
  { key: 'webvtt', label: 'Captions (WebVTT)', ending: 'vtt', score: 'webvtt' },
  { key: 'lrc', label: 'Lyrics (LRC)', ending: 'lrc', score: 'lrc' },
];

/** Offers a render in a format as a file; a refusal is shown. */
export async function downloadAs(meta: RenderMeta, format: DownloadFormat): Promise<void> {
  try {
    const blob = 'audio' in format ? await sound(meta.id, format.audio) : await writing(meta.id, format.score);
    downloadBlob(blob, `${meta.name}.${format.ending}`);
  } catch (problem) {
    reportError(`Downloading ${meta.name} as ${format.label}`, problem);
  }
}

function sound(id: string, format: AudioFormat): Promise<Blob> {
  return format === 'wav-f32' ? getAudio(id) : getAudioAs(id, format);
}

/** Takes have no score of their own: what was played is written down first. */
async function writing(id: string, format: ScoreFormat | 'json'): Promise<Blob> {
  const stored = await getStoredScore(id);
  if (format === 'json') return new Blob([JSON.stringify(stored, null, 2)], { type: 'application/json' });
  if ('score' in checkScore(stored)) return getScoreAs(id, format);
  const played = editableScore(stored);
  if (played === undefined) throw new Failure('NO_SCORE', 'This render has no notes.', { hint: 'Its audio can be downloaded.' });
  return exportScore(played, format);
}
