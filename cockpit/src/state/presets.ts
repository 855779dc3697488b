import { computed, signal } from '@preact/signals';
import { listPresets } from '../wire/daemon.ts';
import type { Preset } from '../wire/types.ts';
import { clearErrors, reportError } from './errors.ts';

const ACTION = 'Loading voices';

/** The voices that can sing; undefined until the daemon answered. */
export const presets = signal<readonly Preset[] | undefined>(undefined);
/** Voices whose manifest the daemon cannot read. */
export const brokenPresets = signal<readonly Preset[]>([]);
export const noVoices = computed(() => presets.value?.length === 0);

export async function loadPresets(): Promise<void> {
  try {
    const answer = await listPresets();
    presets.value = answer.presets.filter((preset) => preset.error === undefined);
    brokenPresets.value = answer.presets.filter((preset) => preset.error !== undefined);
    clearErrors(ACTION);
  } catch (problem) {
    reportError(ACTION, problem);
  }
}

export function presetById(id: string): Preset | undefined {
  return presets.value?.find((preset) => preset.id === id);
}

export function timbresOf(id: string): readonly string[] {
  return presetById(id)?.timbres ?? [];
}
