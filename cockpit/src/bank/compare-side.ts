import type { RenderMeta, StoredTelemetry } from '../wire/types.ts';

/** One of two renders that are compared: its numbers are shown even when its audio cannot be decoded. */
export interface Side {
  readonly meta: RenderMeta;
  readonly telemetry: StoredTelemetry | undefined;
  readonly audio: AudioBuffer | undefined;
}
