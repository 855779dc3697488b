import { authFetch, getJson, sendJson } from './http.ts';
import type {
  CancelledJob, DeletedRender, Health, HealthDetailed, JamList, PhonemizeRequest, PhonemizeResult, PresetList,
  Provenance, RenderList, RenderMeta, RenderMetaAnswer, RenderPatch, RenderRequest, RenderResult, Score, StoredProvenance, StoredScore,
  StoredTelemetry,
} from './types.ts';

/** Formats of `renders/{id}/audio`. */
export type AudioFormat = 'wav-f32' | 'wav-s24' | 'wav-s16' | 'flac' | 'ogg-opus';
/** Formats that scores are written in, besides their own JSON. */
export type ScoreFormat = 'midi' | 'musicxml' | 'htk' | 'audacity' | 'webvtt' | 'lrc';

// One function per route of the contract that the cockpit uses.

/** Older daemons may add the commit here; newer ones tell it in health/detailed. */
export type HealthAnswer = Health & { commit?: string };

export const getHealth = (signal?: AbortSignal) => getJson<HealthAnswer>('health', signal);
export const getHealthDetailed = () => getJson<HealthDetailed>('health/detailed');
export const listJams = (signal?: AbortSignal) => getJson<JamList>('jams', signal);
export const listPresets = () => getJson<PresetList>('presets');

export const phonemize = (request: PhonemizeRequest, signal?: AbortSignal) =>
  sendJson<PhonemizeResult>('POST', 'phonemize', request, signal === undefined ? {} : { signal });

export const render = (request: RenderRequest, jobId: string, signal?: AbortSignal) =>
  sendJson<RenderResult>('POST', 'render', request, {
    headers: { 'X-Render-Job-Id': jobId },
    ...(signal === undefined ? {} : { signal }),
  });

export const cancelJob = (jobId: string) => sendJson<CancelledJob>('DELETE', `render/jobs/${encodeURIComponent(jobId)}`);

export const listRenders = (signal?: AbortSignal) => getJson<RenderList>('renders', signal);
export const promoteLast = (name: string) =>
  sendJson<RenderMetaAnswer>('POST', 'renders/promote-last', name === '' ? {} : { name });
export const patchRender = (id: string, patch: RenderPatch) =>
  sendJson<RenderMetaAnswer>('PATCH', renderPath(id), patch);
export const deleteRender = (id: string) => sendJson<DeletedRender>('DELETE', renderPath(id));

export const getMeta = (id: string) => getJson<RenderMeta>(`${renderPath(id)}/meta`);
export const getStoredScore = (id: string) => getJson<StoredScore>(`${renderPath(id)}/score`);
export const getTelemetry = (id: string) => getJson<StoredTelemetry>(`${renderPath(id)}/telemetry`);
export const getProvenance = (id: string) => getJson<StoredProvenance | Provenance>(`${renderPath(id)}/provenance`);

/** The audio of a render as a blob: an audio element cannot send the bearer itself. */
export async function getAudio(id: string, signal?: AbortSignal): Promise<Blob> {
  const response = await authFetch(`${renderPath(id)}/audio.wav`, signal === undefined ? {} : { signal });
  return response.blob();
}

/** The tape of a jam export as a MIDI file. */
export async function getTapeMidi(id: string): Promise<Blob> {
  const response = await authFetch(`${renderPath(id)}/tape.mid`);
  return response.blob();
}

/** The audio encoded as something else than floats. */
export async function getAudioAs(id: string, format: AudioFormat): Promise<Blob> {
  return (await authFetch(`${renderPath(id)}/audio?format=${format}`)).blob();
}

/** The stored score as another program's file. */
export async function getScoreAs(id: string, format: ScoreFormat): Promise<Blob> {
  return (await authFetch(`${renderPath(id)}/score?format=${format}`)).blob();
}

export async function exportScore(score: Score, format: ScoreFormat): Promise<Blob> {
  const response = await authFetch(`scores/export?format=${format}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(score),
  });
  return response.blob();
}

function renderPath(id: string): string {
  return `renders/${encodeURIComponent(id)}`;
}
