import { effect, signal } from '@preact/signals';
import { metronome } from './metronome.ts';
import { NoteDesk } from '../play/note-desk.ts';
import type { Performer } from '../play/performer.ts';
import { live } from './session.ts';

export const hold = signal(false);
/** MIDI numbers that sound from a key of any kind, to be lit on the keyboard. */
export const soundingKeys = signal<ReadonlyMap<string, number>>(new Map());

/** The notes of the Live tab, from whatever they are played on. */
export const desk = new NoteDesk(
  {
    on(note) {
      soundingKeys.value = new Map(soundingKeys.value).set(note.noteId, note.midi);
      live.noteOn(note);
    },
    off(noteId) {
      const others = new Map(soundingKeys.value);
      others.delete(noteId);
      soundingKeys.value = others;
      live.noteOff(noteId);
    },
  },
  {
    now: () => performance.now(),
    after(delayMs, run) {
      const timer = window.setTimeout(run, delayMs);
      return () => window.clearTimeout(timer);
    },
  },
);

effect(() => desk.setHold(hold.value));
effect(() => {
  void metronome.bpm.value;
  const active = metronome.on.value && metronome.quantise.value;
  desk.setGrid(active ? { stepMs: metronome.stepMs, originMs: metronome.originMs } : undefined);
});
// A lost connection leaves nothing sounding.
effect(() => {
  if (live.state.value === 'disconnected') silence();
});

/** The live session as something to play. */
export const livePerformer: Performer = {
  press: (note) => desk.press(note),
  release: (noteId) => desk.release(noteId),
  releaseAll: () => desk.releaseAll(),
  control: (controller, value) => live.control(controller, value),
};

export function panic(): void {
  live.transport('panic');
  silence();
}

function silence(): void {
  desk.forget();
  if (soundingKeys.peek().size > 0) soundingKeys.value = new Map();
}
