import { useState } from 'preact/hooks';
import { live } from './session.ts';

/** Words for the keys: each note takes the next syllable. */
export function WordsPanel() {
  const [text, setText] = useState('');
  const status = live.lyrics.value;
  const connected = live.state.value === 'connected';
  const sendWords = (append: boolean): void => live.send({ type: 'queue_lyrics', text, append });
  return (
    <form class="stack" id="live-words" onSubmit={(event) => { event.preventDefault(); sendWords(false); }}>
      <label class="field">
        <span class="field-label">Words to sing</span>
        <input id="live-lyrics" class="input" value={text} maxLength={5000} placeholder="amazing grace how sweet" spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <div class="row">
        <button type="submit" class="button" disabled={!connected}>{text.trim() === '' ? 'Clear words' : 'Sing these'}</button>
        <button type="button" class="button" disabled={!connected || text.trim() === ''} onClick={() => sendWords(true)}>Add</button>
      </div>
      {status !== undefined && (
        <p class="hint" role="status">
          {status.queued === 0 ? 'No words wait.' : `${status.queued} ${status.queued === 1 ? 'syllable waits' : 'syllables wait'}${status.next === undefined ? '.' : `, next: ${status.next}.`}`}
          {live.syllable.value !== '' && <> Sung last: <strong>{live.syllable.value}</strong></>}
        </p>
      )}
      {status?.warnings.map((warning) => <p key={warning} class="hint warning">{warning}</p>)}
    </form>
  );
}
