import { useState } from 'preact/hooks';
import { reportError } from '../../state/errors.ts';
import { Choice } from '../../ui/Choice.tsx';
import { layText } from '../actions.ts';
import { phonemeEvents, phonemeWarnings, refreshPhonemes, syncState } from '../phoneme-sync.ts';
import { edit, saved, selection, shown } from '../store.ts';

const LANGUAGES = [
  { value: 'en', label: 'English' }, { value: 'ja', label: 'Japanese' }, { value: 'es', label: 'Spanish' },
  { value: 'it', label: 'Italian' }, { value: 'de', label: 'German' }, { value: 'la', label: 'Latin' },
] as const;

const SYNC_TEXT = { current: '', waiting: 'changed', asking: 'asking the daemon …', failed: 'not up to date' } as const;

/** Words for the whole score, laid on the notes or left to the daemon to spread. */
export function LyricsPanel() {
  const [showing, setShowing] = useState(false);
  const { text, language, phonemes } = shown.value;
  const lay = (): void => void layText(saved.value.text).then(refreshPhonemes).catch((problem: unknown) => reportError('Laying words', problem));
  const generate = (): void => void refreshPhonemes();
  const target = selection.value.size > 1 ? `${selection.value.size} selected notes` : 'all notes';
  return (
    <div class="stack" id="lyrics-panel">
      <label class="field">
        <span class="field-label">Words</span>
        <textarea id="lyrics" class="textarea words" rows={3} maxLength={10_000} value={text}
          placeholder="Type words, press Enter" spellcheck={false}
          onInput={(event) => edit({ ...saved.value, text: event.currentTarget.value, phonemes: undefined }, 'lyrics')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            generate();
          }} />
      </label>
      <Choice label="Language" value={language} options={languageOptions(language)}
        onChange={(chosen) => edit({ ...saved.value, language: chosen, phonemes: undefined })} />
      <div class="row">
        <button type="button" id="lay-words" class="button" title={`One syllable a note, on ${target}`}
          disabled={text.trim() === ''} onClick={lay}>Lay on notes</button>
        <button type="button" id="generate-phonemes" class="button" onClick={generate}>Generate phonemes</button>
        <button type="button" id="show-phonemes" class="button quiet" aria-expanded={showing}
          onClick={() => setShowing(!showing)}>{showing ? 'Hide' : 'Show'}</button>
        <span class="hint" role="status">{SYNC_TEXT[syncState.value]}</span>
      </div>
      {phonemes !== undefined && (
        <p class="hint">
          This score brings its own phonemes.{' '}
          <button type="button" class="link" onClick={() => edit({ ...saved.value, phonemes: undefined })}>Derive them from the words</button>
        </p>
      )}
      {phonemeWarnings.value.map((warning) => <p key={warning} class="hint warning">{warning}</p>)}
      {showing && (
        <ol class="phoneme-list" aria-label="Phonemes" tabIndex={0}>
          {phonemeEvents.value.map((event, index) => (
            <li key={index}><code>{event.tSec.toFixed(3)}</code> <strong>{event.phoneme}</strong> {Math.round(event.durSec * 1000)} ms</li>
          ))}
        </ol>
      )}
    </div>
  );
}

function languageOptions(language: string): { value: string; label: string }[] {
  const known = LANGUAGES.some((entry) => entry.value === language);
  return known ? [...LANGUAGES] : [{ value: language, label: language }, ...LANGUAGES];
}
