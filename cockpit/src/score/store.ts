import { computed, effect, signal } from '@preact/signals';
import { readStored, writeStored } from '../state/storage.ts';
import { EMPTY_DOCUMENT, type EngineConfig, type ScoreDocument } from './model/document.ts';
import { documentFromStored, storedDocument } from './model/stored-document.ts';
import { record, redo, startHistory, undo } from './model/history.ts';

// The score being edited. Views read `shown`; only the functions below change it.

const STORAGE_KEY = 'cantora.score';
const AUTOSAVE_MS = 400;

const history = signal(startHistory(documentFromStored(readStored(STORAGE_KEY)) ?? EMPTY_DOCUMENT));
/** A drag under way: shown, but in no history until it is dropped. */
const draft = signal<ScoreDocument | undefined>(undefined);

export const saved = computed(() => history.value.present);
export const shown = computed(() => draft.value ?? saved.value);
export const canUndo = computed(() => history.value.past.length > 0);
export const canRedo = computed(() => history.value.future.length > 0);
export const selection = signal<ReadonlySet<string>>(new Set());
export const selectedNotes = computed(() => shown.value.notes.filter((note) => selection.value.has(note.id)));
export const autosaveFailed = signal(false);
/** What just happened, for screen readers. */
export const announcement = signal('');

export function edit(next: ScoreDocument, mergeKey?: string): void {
  draft.value = undefined;
  history.value = record(history.value, next, mergeKey);
  dropStaleSelection();
}

export function showDraft(next: ScoreDocument): void {
  draft.value = next;
}

export function dropDraft(): void {
  draft.value = undefined;
}

/** Another score takes the place of this one; undo brings this one back. */
export function replaceDocument(next: ScoreDocument): void {
  edit(next);
  selection.value = new Set();
}

export function setEngine(patch: Partial<EngineConfig>): void {
  edit({ ...saved.value, engine: { ...saved.value.engine, ...patch } }, `engine:${Object.keys(patch).join()}`);
}

export function undoEdit(): void {
  draft.value = undefined;
  history.value = undo(history.value);
  dropStaleSelection();
}

export function redoEdit(): void {
  draft.value = undefined;
  history.value = redo(history.value);
  dropStaleSelection();
}

export function select(ids: Iterable<string>): void {
  selection.value = new Set(ids);
}

export function announce(text: string): void {
  announcement.value = text;
}

function dropStaleSelection(): void {
  const present = new Set(saved.value.notes.map((note) => note.id));
  if ([...selection.value].some((id) => !present.has(id))) {
    selection.value = new Set([...selection.value].filter((id) => present.has(id)));
  }
}

/** Saves every change in this browser shortly after it was made, and when the page is left. Returns the stop function. */
export function startAutosave(): () => void {
  let timer: number | undefined;
  const save = (): void => {
    window.clearTimeout(timer);
    autosaveFailed.value = !writeStored(STORAGE_KEY, storedDocument(saved.value));
  };
  const stop = effect(() => {
    void saved.value;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, AUTOSAVE_MS);
  });
  window.addEventListener('pagehide', save);
  return () => {
    window.removeEventListener('pagehide', save);
    window.clearTimeout(timer);
    stop();
  };
}
