const NAMES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'] as const;
const LETTERS: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** MIDI 60 is C4. */
export function pitchName(midi: number): string {
  const whole = Math.round(midi);
  return `${NAMES[((whole % 12) + 12) % 12]}${Math.floor(whole / 12) - 1}`;
}

export function isBlackKey(midi: number): boolean {
  return [1, 3, 6, 8, 10].includes(((midi % 12) + 12) % 12);
}

/** `C4`, `f#3`, `Bb2`, or a MIDI number; undefined when it is neither or outside 0..127. */
export function parsePitch(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d{1,3}$/.test(trimmed)) return inMidiRange(Number(trimmed));
  const match = /^([A-Ga-g])([#♯b♭]?)(-?\d)$/.exec(trimmed);
  if (match === null) return undefined;
  const [, letter = 'C', accidental = '', octave = '4'] = match;
  const shift = accidental === '' ? 0 : '#♯'.includes(accidental) ? 1 : -1;
  return inMidiRange((Number(octave) + 1) * 12 + (LETTERS[letter.toUpperCase()] ?? 0) + shift);
}

function inMidiRange(midi: number): number | undefined {
  return midi >= 0 && midi <= 127 ? midi : undefined;
}
