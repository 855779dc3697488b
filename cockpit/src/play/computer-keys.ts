/** Two octaves from C4: the lower row of a piano on the letters below, the upper on those above; black keys between. */
const LAYOUT = 'zsxdcvgbhnjmq2w3er5t6y7u';
const FIRST_MIDI = 60;

export interface PianoKey {
  /** The character on a US keyboard. */
  readonly letter: string;
  /** The physical key, the same on every keyboard layout. */
  readonly code: string;
  /** Note id on the wire and id of the element. */
  readonly id: string;
  readonly midi: number;
}

export const PIANO_KEYS: readonly PianoKey[] = [...LAYOUT].map((letter, index) => ({
  letter,
  code: /\d/.test(letter) ? `Digit${letter}` : `Key${letter.toUpperCase()}`,
  id: `key-${letter}`,
  midi: FIRST_MIDI + index,
}));

const BY_CODE = new Map(PIANO_KEYS.map((key) => [key.code, key]));

/** The piano key of a keyboard event; undefined for other keys, shortcuts, and while something is typed into a field. */
export function pianoKeyOf(event: KeyboardEvent): PianoKey | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { target } = event;
  const typing = target instanceof HTMLElement && target.closest('input:not([type=range]):not([type=checkbox]), textarea, select, dialog') !== null;
  return typing ? undefined : BY_CODE.get(event.code);
}
