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

function tabOfHash(): Tab {
  const name = location.hash.slice(1).split('/')[0] || location.pathname.slice(1);
  return TABS.find((tab) => tab === name) ?? 'score';
}
