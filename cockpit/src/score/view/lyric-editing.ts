import { signal } from '@preact/signals';
import { setLyric } from '../actions.ts';
import { saved, select } from '../store.ts';

/** The note whose lyric is being typed on the roll. */
export const editedNoteId = signal<string | undefined>(undefined);

/** Takes the text over and goes on to the neighbouring note, or ends. */
export function finishLyric(id: string, text: string, step: -1 | 0 | 1): void {
  setLyric(id, text);
  const { notes } = saved.value;
  const next = step === 0 ? undefined : notes[notes.findIndex((note) => note.id === id) + step];
  editedNoteId.value = next?.id;
  if (next !== undefined) select([next.id]);
  else document.getElementById('piano-roll')?.focus();
}

/** A space ends a word and goes on, except inside the brackets of phonemes. */
export function spaceEndsWord(text: string): boolean {
  return text.lastIndexOf('[') <= text.lastIndexOf(']');
}
