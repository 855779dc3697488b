import type { Note } from '../../wire/types.ts';
import type { Palette } from '../../ui/palette.ts';
import type { Surface } from '../../ui/use-painter.ts';
import { selectedNotes, shown } from '../store.ts';
import { midiToY, pxPerSec, pxPerSemitone, secToX, tool } from '../view-state.ts';

// The points by which glide and vibrato of a selected note are shaped on the roll, while the pitch tool is out.

export type HandleKind = 'portamento' | 'vibrato' | 'rate';

export interface Handle {
  readonly kind: HandleKind;
  readonly noteId: string;
  readonly x: number;
  readonly y: number;
}

export const HANDLE_PX = 5;
const REACH_PX = 9;
/** With more notes selected the roll would be all handles. */
const MOST_NOTES = 8;
/** Share of a note after which vibrato is offered where there is none. */
const OFFERED_ONSET = 0.4;

/**
 * Glide: at the end of the glide. Vibrato: where it is fully grown, as high above the note as it is deep. Rate: one
 * period to the right of that.
 */
export function handlesOf(note: Note): Handle[] {
  const middle = midiToY(note.midi) + pxPerSemitone.value / 2;
  const at = (kind: HandleKind, insideSec: number, cents: number): Handle =>
    ({ kind, noteId: note.id, x: secToX(note.startSec + insideSec), y: middle - (cents / 100) * pxPerSemitone.value });
  const { vibrato } = note;
  const handles = [at('portamento', note.portamentoSec ?? 0, 0)];
  if (vibrato === undefined) return [...handles, at('vibrato', note.durationSec * OFFERED_ONSET, 0)];
  handles.push(at('vibrato', vibrato.onsetSec, vibrato.depthCents));
  if (vibrato.rateHz > 0) handles.push(at('rate', vibrato.onsetSec + 1 / vibrato.rateHz, vibrato.depthCents));
  return handles;
}

/** The handle under the pointer, the nearest when several are. */
export function hitHandle(x: number, y: number): Handle | undefined {
  if (tool.value !== 'pitch') return undefined;
  let best: Handle | undefined;
  let nearest = REACH_PX;
  for (const handle of shownHandles()) {
    const distance = Math.hypot(handle.x - x, handle.y - y);
    if (distance <= nearest) [best, nearest] = [handle, distance];
  }
  return best;
}

export function paintHandles({ context }: Surface, colours: Palette): void {
  if (tool.value !== 'pitch') return;
  context.lineWidth = 2;
  for (const { kind, noteId, x, y } of shownHandles()) {
    const offered = kind === 'vibrato' && shown.value.notes.find((note) => note.id === noteId)?.vibrato === undefined;
    context.beginPath();
    if (kind === 'portamento') {
      context.moveTo(x, y - HANDLE_PX);
      context.lineTo(x + HANDLE_PX, y);
      context.lineTo(x, y + HANDLE_PX);
      context.lineTo(x - HANDLE_PX, y);
      context.closePath();
    } else {
      context.arc(x, y, kind === 'rate' ? HANDLE_PX - 1 : HANDLE_PX, 0, 2 * Math.PI);
    }
    context.fillStyle = offered ? colours.sunken : kind === 'rate' ? colours.honey : colours.curve;
    context.fill();
    context.strokeStyle = offered ? colours.curve : colours.sunken;
    context.stroke();
  }
}

function shownHandles(): Handle[] {
  const notes = selectedNotes.value;
  return notes.length > MOST_NOTES ? [] : notes.flatMap(handlesOf);
}

/** Cents above the note and seconds after its start of a place on the roll. */
export function placeIn(note: Note, x: number, y: number): { readonly insideSec: number; readonly cents: number } {
  const middle = midiToY(note.midi) + pxPerSemitone.value / 2;
  return { insideSec: (x - secToX(note.startSec)) / pxPerSec.value, cents: ((middle - y) / pxPerSemitone.value) * 100 };
}
