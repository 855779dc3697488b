import { computed, signal } from '@preact/signals';
import { clearErrors, reportError } from '../state/errors.ts';
import { deleteRender, listRenders, patchRender } from '../wire/daemon.ts';
import type { Budget, RenderMeta } from '../wire/types.ts';
import { arrange, type SortKey } from './arrange.ts';

/** Id of the slot that every render replaces; it has no name, pin or delete of its own. */
export const LAST = 'last';
const LISTING = 'Listing renders';
const UNDO_MS = 6000;

export const renders = signal<readonly RenderMeta[] | undefined>(undefined);
export const budget = signal<Budget | undefined>(undefined);
export const search = signal('');
export const sortKey = signal<SortKey>('newest');
export const openId = signal<string | undefined>(undefined);
/** Ids chosen for comparison, two at most. */
export const chosen = signal<readonly string[]>([]);
/** A render that is hidden and goes for good when its time to undo is over. */
export const leaving = signal<RenderMeta | undefined>(undefined);

export const listed = computed(() =>
  arrange((renders.value ?? []).filter((meta) => meta.id !== leaving.value?.id), search.value, sortKey.value));
export const openRender = computed(() => renders.value?.find((meta) => meta.id === openId.value));

let leavingTimer: number | undefined;

export async function loadRenders(): Promise<void> {
  try {
    const answer = await listRenders();
    renders.value = answer.renders;
    budget.value = answer.budget;
    chosen.value = chosen.value.filter((id) => answer.renders.some((meta) => meta.id === id));
    clearErrors(LISTING);
  } catch (problem) {
    reportError(LISTING, problem);
  }
}

export async function rename(id: string, name: string): Promise<void> {
  await patch('Renaming', id, { name });
}

export async function pin(id: string, pinned: boolean): Promise<void> {
  await patch('Pinning', id, { pinned });
}

/** Takes a render out of sight; it is deleted once nobody has undone that for a while. */
export function removeLater(meta: RenderMeta): void {
  void removeNow();
  leaving.value = meta;
  if (openId.value === meta.id) openId.value = undefined;
  chosen.value = chosen.value.filter((id) => id !== meta.id);
  leavingTimer = window.setTimeout(() => void removeNow(), UNDO_MS);
}

export function undoRemove(): void {
  window.clearTimeout(leavingTimer);
  leaving.value = undefined;
}

/** Deletes what waits, at once: its time is over, the next one comes, or the page is left. */
export async function removeNow(): Promise<void> {
  window.clearTimeout(leavingTimer);
  const meta = leaving.value;
  if (meta === undefined) return;
  renders.value = renders.value?.filter((other) => other.id !== meta.id);
  leaving.value = undefined;
  try {
    budget.value = (await deleteRender(meta.id)).budget;
    clearErrors('Deleting');
  } catch (problem) {
    reportError('Deleting', problem);
    await loadRenders();
  }
}

export function choose(id: string, wanted: boolean): void {
  chosen.value = wanted ? [...chosen.value, id].slice(-2) : chosen.value.filter((other) => other !== id);
}

async function patch(action: string, id: string, change: Parameters<typeof patchRender>[1]): Promise<void> {
  try {
    const { meta } = await patchRender(id, change);
    renders.value = renders.value?.map((other) => (other.id === id ? meta : other));
    clearErrors(action);
  } catch (problem) {
    reportError(action, problem);
  }
}
