import type { Controller } from '../wire/types.ts';

/** What a control change of a MIDI keyboard does: the common numbers of the MIDI standard. */
export function controlOf(number: number, value: number): { controller: Controller; value: number } | undefined {
  const share = value / 127;
  switch (number) {
    case 2:
      return { controller: 'breathiness', value: share };
    case 7:
    case 11:
      return { controller: 'dynamics', value: share };
    case 10:
      return { controller: 'pan', value: value === 64 ? 0 : share * 2 - 1 };
    case 64:
      return { controller: 'sustain', value: value >= 64 ? 1 : 0 };
    case 71:
      return { controller: 'tension', value: share * 2 - 1 };
    case 74:
      return { controller: 'formantShift', value: (share * 2 - 1) * 12 };
    default:
      return undefined;
  }
}

/** Pitch wheels reach two semitones unless told otherwise. */
export const BEND_RANGE_CENTS = 200;

/** Channel 0 of the choice hears all, 1 to 16 the channel of that number. */
export function channelMatches(chosen: number, channel: number): boolean {
  return chosen === 0 || chosen === channel;
}
