import { signal } from '@preact/signals';
import { readStored, writeStored } from './storage.ts';

/** Kept from the first cockpit, so that saved keys survive the change of cockpit. */
const STORAGE_KEY = 'vocalsynth.authToken';

export const authToken = signal(readStored(STORAGE_KEY) ?? '');
export const keyPanelOpen = signal(false);
/** True from a 401 until a key is saved or cleared. */
export const unauthorized = signal(false);

export function saveToken(token: string): void {
  authToken.value = token.trim();
  unauthorized.value = false;
  writeStored(STORAGE_KEY, authToken.value === '' ? null : authToken.value);
}

export function clearToken(): void {
  saveToken('');
}

/** Opens the panel on the first 401 only: a user who closed it without a key is not nagged by every poll. */
export function reportUnauthorized(): void {
  if (!unauthorized.value) keyPanelOpen.value = true;
  unauthorized.value = true;
}
