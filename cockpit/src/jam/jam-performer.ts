import { signal } from '@preact/signals';
import { settings } from '../live/settings.ts';
import type { Performer } from '../play/performer.ts';
import { jamSession } from './session.ts';

/** Note ids to the track and pitch they sound on; the note ends where it began, whatever is armed by then. */
const sounding = new Map<string, { readonly trackId: string; readonly midi: number }>();
export const jamKeys = signal<ReadonlySet<number>>(new Set());

/** The armed track as something to play. */
export const jamPerformer: Performer = {
  press(note) {
    const trackId = jamSession.armedTrackId.value;
    if (trackId === undefined) return;
    jamPerformer.release(note.noteId);
    sounding.set(note.noteId, { trackId, midi: note.midi });
    show();
    const { timbre, breathiness, vibratoCents } = settings.value;
    jamSession.send({
      type: 'track_note_on',
      trackId,
      ...note,
      ...(timbre === '' ? {} : { timbre }),
      ...(breathiness > 0 ? { breathiness } : {}),
      ...(vibratoCents > 0 ? { vibrato: { rateHz: 5.5, depthCents: vibratoCents, onsetSec: 0.15 } } : {}),
    });
  },
  release(noteId) {
    const entry = sounding.get(noteId);
    if (entry === undefined) return;
    sounding.delete(noteId);
    show();
    jamSession.send({ type: 'track_note_off', trackId: entry.trackId, noteId });
  },
  releaseAll() {
    for (const noteId of [...sounding.keys()]) jamPerformer.release(noteId);
  },
  control() {
    // The jam protocol has no controllers.
  },
};

function show(): void {
  jamKeys.value = new Set([...sounding.values()].map((entry) => entry.midi));
}
