import { signal } from '@preact/signals';
import type { Input, MessageEvent as MidiEvent, WebMidi } from 'webmidi';
import { changeSettings, settings } from '../live/settings.ts';
import { BEND_RANGE_CENTS, channelMatches, controlOf } from './midi-map.ts';
import { performer } from './performer.ts';

export interface MidiPort {
  readonly id: string;
  readonly name: string;
}

export type MidiState =
  | { readonly state: 'off' }
  | { readonly state: 'ready'; readonly inputs: readonly MidiPort[] }
  | { readonly state: 'unavailable'; readonly message: string; readonly hint: string };

export const midi = signal<MidiState>({ state: 'off' });

const NO_SUPPORT = {
  state: 'unavailable',
  message: 'This browser does not support WebMIDI.',
  hint: 'Firefox does not; use Chrome, Edge, or Safari with the WebMIDI flag enabled.',
} as const;
const DENIED = {
  state: 'unavailable',
  message: 'The browser denied access to MIDI devices.',
  hint: 'Allow MIDI for this site in the address bar, plug the device in, and refresh the page.',
} as const;

let library: typeof WebMidi | undefined;
let heard: Input | undefined;

/** Asks the browser for MIDI; has to come from a gesture where browsers ask the user. */
export async function enableMidi(): Promise<void> {
  if (!('requestMIDIAccess' in navigator)) {
    midi.value = NO_SUPPORT;
    return;
  }
  try {
    library = (await import('webmidi')).WebMidi;
    await library.enable({ sysex: false });
    library.addListener('portschanged', refresh);
    refresh();
  } catch {
    midi.value = DENIED;
  }
}

export function chooseMidiInput(id: string): void {
  changeSettings({ midiInput: id });
  listen();
}

function refresh(): void {
  const inputs = library?.inputs.map(({ id, name }) => ({ id, name })) ?? [];
  midi.value = { state: 'ready', inputs };
  listen();
}

/** Hears the chosen input, or the first when the chosen one is not there. */
function listen(): void {
  const input = library?.inputs.find((candidate) => candidate.id === settings.value.midiInput) ?? library?.inputs[0];
  if (input === heard) return;
  heard?.removeListener();
  performer.value?.releaseAll();
  heard = input;
  heard?.addListener('midimessage', (event: MidiEvent) => receive(event));
}

function receive({ message }: MidiEvent): void {
  const [first = 0, second = 0] = message.dataBytes;
  const player = performer.value;
  if (player === undefined || !message.isChannelMessage || !channelMatches(settings.value.midiChannel, message.channel)) return;
  const noteId = `midi-${message.channel}-${first}`;
  switch (message.type) {
    case 'noteon':
      if (second === 0) player.release(noteId);
      else player.press({ noteId, midi: first, velocity: second / 127 });
      break;
    case 'noteoff':
      player.release(noteId);
      break;
    case 'pitchbend':
      player.control('bend', (((second << 7) | first) / 8192 - 1) * BEND_RANGE_CENTS);
      break;
    case 'channelaftertouch':
      player.control('dynamics', 0.6 + (first / 127) * 0.4);
      break;
    case 'controlchange': {
      const change = controlOf(first, second);
      if (change !== undefined) player.control(change.controller, change.value);
      break;
    }
    default:
      break;
  }
}
