import { signal } from '@preact/signals';
import { Player } from '../audio/player.ts';
import { renderScore } from './render-job.ts';

// Playback of the score tab: one player that outlives switches between tabs.

export const player = new Player();
/** Where the edit cursor stands: play starts here when it was set, paste goes here. */
export const editCursorSec = signal<number | undefined>(undefined);

export async function renderAndLoad(): Promise<boolean> {
  return (await renderScore()) && player.load('last');
}

export async function renderAndPlay(): Promise<void> {
  if (await renderAndLoad()) await playScore();
}

/** Plays from the loop's start when looping, else from the edit cursor. */
export async function playScore(): Promise<void> {
  if (!player.loaded.value && !(await player.load('last'))) return;
  await player.play(player.looping.value ? undefined : editCursorSec.value ?? 0);
}

export function togglePlay(): void {
  if (player.playing.value) player.stop();
  else void playScore();
}
