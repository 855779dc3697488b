import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { ScoreTab } from '../score/ScoreTab.tsx';
import { clearErrors, reportError } from '../state/errors.ts';
import { TABS, type Tab } from '../state/navigation.ts';
import { Failure } from '../wire/failure.ts';

/** Score is what most people see first and comes with the page; the others follow. */
const LOADERS: Record<Exclude<Tab, 'score'>, () => Promise<ComponentType>> = {
  live: async () => (await import('../live/LiveTab.tsx')).LiveTab,
  jam: async () => (await import('../jam/JamTab.tsx')).JamTab,
  bank: async () => (await import('../bank/BankTab.tsx')).BankTab,
};
const IDLE_TIMEOUT_MS = 5000;

const loaded = signal<Partial<Record<Tab, ComponentType>>>({ score: ScoreTab });

export function Workspace({ tab }: { tab: Tab }) {
  useEffect(() => void openWorkspace(tab), [tab]);
  const Content = loaded.value[tab];
  return Content === undefined ? <p class="hint" role="status">Loading …</p> : <Content />;
}

/** Fetches the other tabs once the page has nothing better to do, so that they open at once. */
export function prefetchWorkspaces(): void {
  const fetchAll = (): void => {
    // A tab that cannot be had now is asked for again when it is opened, and is missed only then.
    for (const tab of TABS) load(tab).catch(() => undefined);
  };
  if ('requestIdleCallback' in window) window.requestIdleCallback(fetchAll, { timeout: IDLE_TIMEOUT_MS });
  else setTimeout(fetchAll, IDLE_TIMEOUT_MS);
}

async function openWorkspace(tab: Tab): Promise<void> {
  const action = `Opening ${tab}`;
  try {
    await load(tab);
    clearErrors(action);
  } catch {
    reportError(action, new Failure('COCKPIT_OUTDATED', 'A part of the cockpit could not be loaded.', {
      hint: 'The daemon is gone, or was updated since this page was opened. Reload the page; what you wrote is kept in this browser.',
    }));
  }
}

async function load(tab: Tab): Promise<void> {
  if (tab === 'score' || loaded.value[tab] !== undefined) return;
  const component = await LOADERS[tab]();
  loaded.value = { ...loaded.value, [tab]: component };
}
