import { effect, signal } from '@preact/signals';
import { readStored, writeStored } from './storage.ts';

const STORAGE_KEY = 'cantora.theme';
export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

const systemIsLight = window.matchMedia('(prefers-color-scheme: light)');

export const theme = signal<Theme>(THEMES.find((name) => name === readStored(STORAGE_KEY)) ?? 'system');
/** What is on screen; canvases read their colours anew when it changes. */
export const shownTheme = signal<'dark' | 'light'>('dark');

export function applyTheme(): void {
  const update = (): void => {
    shownTheme.value = theme.value === 'light' || (theme.value === 'system' && systemIsLight.matches) ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = shownTheme.value;
  };
  systemIsLight.addEventListener('change', update);
  effect(update);
}

export function cycleTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system';
  writeStored(STORAGE_KEY, theme.value);
}
