import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Controller } from '../wire/types.ts';
import type { PlayedNote } from './note-desk.ts';

/** Whoever sounds the notes that are played just now: the live session, or a track of a jam. */
export interface Performer {
  press(note: PlayedNote): void;
  release(noteId: string): void;
  /** Lets every key go. */
  releaseAll(): void;
  control(controller: Controller, value: number): void;
}

export const performer = signal<Performer | undefined>(undefined);

/** Makes a performer the one that keys and MIDI play, while the calling component is on screen. */
export function usePerformer(mine: Performer): void {
  useEffect(() => {
    performer.value = mine;
    return () => {
      mine.releaseAll();
      if (performer.value === mine) performer.value = undefined;
    };
  }, [mine]);
}

/** Keys that are down when the window loses the focus never send their up: they are let go. */
export function releaseOnBlur(): () => void {
  const release = (): void => performer.value?.releaseAll();
  window.addEventListener('blur', release);
  return () => window.removeEventListener('blur', release);
}
