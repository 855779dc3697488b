import { effect, signal } from '@preact/signals';
import { readStored, writeStored } from '../state/storage.ts';

export const LATENCIES = [
  { value: 'low', label: 'Low (60 ms)', samples: 2880 },
  { value: 'balanced', label: 'Balanced (100 ms)', samples: 4800 },
  { value: 'safe', label: 'Safe (150 ms)', samples: 7200 },
] as const;
export type LatencyChoice = (typeof LATENCIES)[number]['value'];

export interface LiveSettings {
  readonly presetId: string;
  /** Empty: pad, words and the voice's default decide. */
  readonly timbre: string;
  readonly polyphony: number;
  readonly latency: LatencyChoice;
  readonly limiter: boolean;
  readonly velocity: number;
  readonly breathiness: number;
  readonly vibratoCents: number;
  readonly portamentoMs: number;
  readonly octave: number;
  /** 0 hears all channels, 1 to 16 one of them. */
  readonly midiChannel: number;
  readonly midiInput: string;
}

const STORAGE_KEY = 'cantora.live';
export const DEFAULT_SETTINGS: LiveSettings = {
  presetId: 'default-voice', timbre: '', polyphony: 4, latency: 'balanced', limiter: true, velocity: 0.8, breathiness: 0,
  vibratoCents: 0, portamentoMs: 0, octave: 0, midiChannel: 0, midiInput: '',
};

export const settings = signal<LiveSettings>(restored());

effect(() => {
  writeStored(STORAGE_KEY, JSON.stringify(settings.value));
});

export function changeSettings(patch: Partial<LiveSettings>): void {
  settings.value = { ...settings.value, ...patch };
}

export function latencySamples(choice: LatencyChoice): number {
  return LATENCIES.find((entry) => entry.value === choice)?.samples ?? 4800;
}

/** Members of the right type are taken over; a stored text from an older cockpit cannot break the tab. */
function restored(): LiveSettings {
  try {
    const stored = JSON.parse(readStored(STORAGE_KEY) ?? '{}') as Record<string, unknown>;
    const entries = Object.entries(DEFAULT_SETTINGS).map(([key, fallback]) => {
      const value = stored[key];
      return [key, typeof value === typeof fallback ? value : fallback];
    });
    const merged = Object.fromEntries(entries) as LiveSettings;
    return LATENCIES.some((entry) => entry.value === merged.latency) ? merged : { ...merged, latency: 'balanced' };
  } catch {
    return DEFAULT_SETTINGS;
  }
}
