import { signal } from '@preact/signals';
import { reportError } from '../state/errors.ts';
import { learnCommit } from '../state/health.ts';
import { openTab } from '../state/navigation.ts';
import { documentOf, type EngineConfig, type ScoreDocument } from '../score/model/document.ts';
import { renderAndLoad } from '../score/session.ts';
import { replaceDocument, saved } from '../score/store.ts';
import { Failure } from '../wire/failure.ts';
import { getProvenance, getStoredScore } from '../wire/daemon.ts';
import type { Provenance, RenderMeta, StoredProvenance } from '../wire/types.ts';
import { editableScore } from './take-notes.ts';

/** A score whose render was made by another version of the daemon: it may sound different now. */
export interface CommitMismatch {
  readonly name: string;
  readonly renderCommit: string;
  readonly daemonCommit: string;
  readonly document: ScoreDocument;
}

export const commitMismatch = signal<CommitMismatch | undefined>(undefined);

/** Loads a render's score into the editor, after a question when another version rendered it. */
export async function openScore(meta: RenderMeta): Promise<void> {
  try {
    const [stored, provenance, daemonCommit] = await Promise.all([getStoredScore(meta.id), getProvenance(meta.id), learnCommit()]);
    const score = editableScore(stored);
    if (score === undefined) {
      throw new Failure('NO_SCORE', 'This render has no notes to edit.', { hint: 'It is a take of other events only.' });
    }
    const document = documentOf(score, meta.name, engineOf(provenance));
    if (daemonCommit !== undefined && differs(meta.commit, daemonCommit)) {
      commitMismatch.value = { name: meta.name, renderCommit: meta.commit, daemonCommit, document };
    } else {
      show(document);
    }
  } catch (problem) {
    reportError(`Loading the score of ${meta.name}`, problem);
  }
}

export function loadAnyway(): void {
  const mismatch = commitMismatch.value;
  commitMismatch.value = undefined;
  if (mismatch !== undefined) show(mismatch.document);
}

export function rerenderNow(): void {
  loadAnyway();
  void renderAndLoad();
}

export function dismissMismatch(): void {
  commitMismatch.value = undefined;
}

function show(document: ScoreDocument): void {
  replaceDocument(document);
  openTab('score');
}

/** Commits are cut to different lengths; `unknown` says nothing. */
function differs(a: string, b: string): boolean {
  if (a === 'unknown' || b === 'unknown' || a === '' || b === '') return false;
  return !a.startsWith(b) && !b.startsWith(a);
}

function engineOf(provenance: Provenance | StoredProvenance): EngineConfig {
  const { engine } = saved.value;
  if (!('config' in provenance)) return engine;
  const { config, presetId } = provenance;
  return {
    ...engine,
    presetId: typeof presetId === 'string' ? presetId : engine.presetId,
    defaultTimbre: config.defaultTimbre ?? '',
    maxPolyphony: config.maxPolyphony ?? engine.maxPolyphony,
    rngSeed: config.rngSeed ?? engine.rngSeed,
    deterministic: config.deterministic ?? engine.deterministic,
    channels: config.channels === 2 ? 2 : 1,
  };
}
