import { signal } from '@preact/signals';

export const TABS = ['score', 'live', 'jam', 'bank'] as const;
export type Tab = (typeof TABS)[number];

export const currentTab = signal<Tab>(tabOfHash());

window.addEventListener('hashchange', () => {
  currentTab.value = tabOfHash();
});

export function openTab(tab: Tab): void {
  currentTab.value = tab;
  history.replaceState(null, '', `#${tab}`);
}

/** Alt and a digit open a tab from anywhere. Returns the stop function. */
export function connectTabKeys(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const tab = /^Digit[1-4]$/.test(event.code) && event.altKey && !event.ctrlKey ? TABS[Number(event.code.slice(5)) - 1] : undefined;
    if (tab === undefined) return;
    event.preventDefault();
    openTab(tab);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

function tabOfHash(): Tab {
  const name = location.hash.slice(1).split('/')[0] || location.pathname.slice(1);
  return TABS.find((tab) => tab === name) ?? 'score';
}
