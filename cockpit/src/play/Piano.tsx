import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { isBlackKey, pitchName } from '../score/model/pitch-names.ts';
import { PIANO_KEYS, pianoKeyOf, type PianoKey } from './computer-keys.ts';
import { performer, releaseOnBlur } from './performer.ts';

interface PianoProps {
  readonly octave: number;
  readonly velocity: number;
  /** MIDI numbers to light. */
  readonly lit: ReadonlySet<number>;
  readonly disabled: boolean;
}

/** Two octaves to play with mouse, fingers or the computer's keys. */
export function Piano({ octave, velocity, lit, disabled }: PianoProps) {
  const hands = useMemo(() => ({
    press: (key: PianoKey, transposed: number, strength: number) =>
      performer.value?.press({ noteId: key.id, midi: Math.min(127, Math.max(0, key.midi + 12 * transposed)), velocity: strength }),
    release: (key: PianoKey) => performer.value?.release(key.id),
  }), []);
  // Pointers that went down on a key: gliding, they play the keys they come to.
  const pointers = useMemo(() => new Set<number>(), []);
  useEffect(() => {
    const forget = (event: PointerEvent): void => void pointers.delete(event.pointerId);
    window.addEventListener('pointerup', forget);
    window.addEventListener('pointercancel', forget);
    return () => {
      window.removeEventListener('pointerup', forget);
      window.removeEventListener('pointercancel', forget);
    };
  }, []);
  // Before the next paint: a key right behind the octave's plays in the new one.
  useLayoutEffect(() => {
    if (disabled) return;
    const onDown = (event: KeyboardEvent): void => {
      const key = pianoKeyOf(event);
      if (key === undefined || event.repeat) return;
      event.preventDefault();
      hands.press(key, octave, velocity);
    };
    // Wherever the key goes up, it is up: also in a field that took the focus meanwhile.
    const onUp = (event: KeyboardEvent): void => {
      const key = PIANO_KEYS.find((candidate) => candidate.code === event.code);
      if (key !== undefined) hands.release(key);
    };
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    const stopBlur = releaseOnBlur();
    return () => {
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      stopBlur();
    };
  }, [octave, velocity, disabled]);
  return (
    <div class="piano" role="group" aria-label={`Keyboard from ${pitchName(60 + 12 * octave)}`}>
      {PIANO_KEYS.map((key) => {
        const midi = key.midi + 12 * octave;
        const black = isBlackKey(key.midi);
        return (
          <button key={key.id} type="button" id={key.id} disabled={disabled} aria-pressed={lit.has(midi)}
            class={`piano-key ${black ? 'black' : 'white'}${lit.has(midi) ? ' lit' : ''}`}
            onPointerDown={(event) => {
              event.preventDefault();
              // Fingers are bound to the key they touched first; without that they can glide over the others.
              event.currentTarget.releasePointerCapture(event.pointerId);
              pointers.add(event.pointerId);
              hands.press(key, octave, velocity);
            }}
            onPointerEnter={(event) => pointers.has(event.pointerId) && hands.press(key, octave, velocity)}
            onPointerUp={() => hands.release(key)} onPointerLeave={() => hands.release(key)} onPointerCancel={() => hands.release(key)}
            onKeyDown={(event) => { if (isPress(event) && !event.repeat) hands.press(key, octave, velocity); }}
            onKeyUp={(event) => { if (isPress(event)) hands.release(key); }}>
            <span><span class="visually-hidden">{pitchName(midi)} </span>{key.letter.toUpperCase()}</span>
          </button>
        );
      })}
    </div>
  );
}

function isPress(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  event.preventDefault();
  return true;
}
