import { Send } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/Icon.tsx';
import type { JamState } from './jam-state.ts';
import { jamSession } from './session.ts';

const MOST_CHARS = 500;

/** What people say to each other; new lines come into view by themselves. */
export function Chat({ jam }: { jam: JamState }) {
  const [text, setText] = useState('');
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [jam.chat.length]);
  return (
    <section class="panel chat" aria-label="Chat">
      <h3>Chat</h3>
      <div ref={log} class="chat-lines" id="jam-chat" role="log" aria-live="polite" aria-label="Messages" tabIndex={0}>
        {jam.chat.map((line, index) => (
          <p key={`${line.sentAt}-${index}`}><strong>{line.displayName}</strong> {line.text}</p>
        ))}
        {jam.chat.length === 0 && <p class="hint">Nobody has said anything yet.</p>}
      </div>
      <form class="row" onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        jamSession.say(text.trim());
        setText('');
      }}>
        <input id="jam-say" class="input grow" aria-label="Message" maxLength={MOST_CHARS} value={text} placeholder="From the second verse?"
          onInput={(event) => setText(event.currentTarget.value)} />
        <button type="submit" class="button" aria-label="Send the message" disabled={text.trim() === ''}><Icon node={Send} />Send</button>
      </form>
    </section>
  );
}
