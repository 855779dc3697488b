import { DEFAULT_ENGINE, documentOf, EMPTY_DOCUMENT, scoreOf, type EngineConfig, type Meter, type ScoreDocument } from './document.ts';
import { checkScore } from './score-check.ts';

// The document as it lies in local storage and in saved files: the wire's score, with what only the cockpit knows
// beside it, so that the file can be posted to the daemon as it is.

interface StoredDocument {
  readonly title?: unknown;
  readonly meter?: unknown;
  readonly engine?: unknown;
  readonly score?: unknown;
}

export function storedDocument(document: ScoreDocument): string {
  const { title, meter, engine } = document;
  return JSON.stringify({ title, meter, engine, score: scoreOf(document) });
}

/** Undefined for what is not a document; parts that do not fit get their defaults. */
export function documentFromStored(text: string | null): ScoreDocument | undefined {
  if (text === null) return undefined;
  try {
    const stored = JSON.parse(text) as StoredDocument | null;
    const checked = checkScore(stored?.score);
    if (stored === null || !('score' in checked)) return undefined;
    const title = typeof stored.title === 'string' ? stored.title : EMPTY_DOCUMENT.title;
    const document = documentOf(checked.score, title, engineOf(stored.engine));
    return { ...document, meter: meterOf(stored.meter) };
  } catch {
    return undefined;
  }
}

function engineOf(value: unknown): EngineConfig {
  if (typeof value !== 'object' || value === null) return DEFAULT_ENGINE;
  const given = value as Partial<Record<keyof EngineConfig, unknown>>;
  return {
    presetId: typeof given.presetId === 'string' ? given.presetId : DEFAULT_ENGINE.presetId,
    defaultTimbre: typeof given.defaultTimbre === 'string' ? given.defaultTimbre : '',
    maxPolyphony: typeof given.maxPolyphony === 'number' ? given.maxPolyphony : DEFAULT_ENGINE.maxPolyphony,
    deterministic: given.deterministic === 'fast' ? 'fast' : 'exact',
    rngSeed: typeof given.rngSeed === 'number' ? given.rngSeed : DEFAULT_ENGINE.rngSeed,
    channels: given.channels === 2 ? 2 : 1,
  };
}

function meterOf(value: unknown): Meter {
  if (typeof value !== 'object' || value === null) return EMPTY_DOCUMENT.meter;
  const { beats, unit } = value as Partial<Record<keyof Meter, unknown>>;
  const known = unit === 2 || unit === 4 || unit === 8 || unit === 16;
  return typeof beats === 'number' && known ? { beats, unit } : EMPTY_DOCUMENT.meter;
}
