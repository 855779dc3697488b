import { useEffect, useRef, useState } from 'preact/hooks';
import type { Side } from './compare-side.ts';
import { SwitchPlayer } from './switch-player.ts';

type Slot = 'A' | 'B';

/** Plays both in step and switches between them; blind, the buttons are 1 and 2 and the order is drawn by lot. */
export function ComparePlayer({ a, b }: { a: Side; b: Side }) {
  const [blind, setBlind] = useState(false);
  const [revealed, setRevealed] = useState(false);
  const [swapped, setSwapped] = useState(false);
  const [heard, setHeard] = useState<Slot | undefined>(undefined);
  const player = useRef<SwitchPlayer | undefined>(undefined);
  useEffect(() => () => player.current?.close(), []);
  if (a.audio === undefined || b.audio === undefined) return null;
  const [bufferA, bufferB] = [a.audio, b.audio];
  const hear = (slot: Slot): void => {
    player.current ??= new SwitchPlayer(bufferA, bufferB, () => setHeard(undefined));
    const second = blind && swapped ? slot === 'A' : slot === 'B';
    player.current.play(second ? 1 : 0);
    setHeard(slot);
  };
  const stop = (): void => {
    player.current?.stop();
    setHeard(undefined);
  };
  const names = blind ? { A: '1', B: '2' } : { A: 'A', B: 'B' };
  return (
    <div class="row">
      {(['A', 'B'] as const).map((slot) => (
        <button key={slot} type="button" class={`button${blind ? '' : ` side-${slot.toLowerCase()}`}`} aria-pressed={heard === slot} onClick={() => hear(slot)}>
          Play {names[slot]}
        </button>
      ))}
      <button type="button" class="button" disabled={heard === undefined} onClick={stop}>Stop</button>
      <label class="check">
        <input type="checkbox" checked={blind} onChange={(event) => {
          stop();
          setBlind(event.currentTarget.checked);
          setRevealed(false);
          setSwapped(Math.random() < 0.5);
        }} />
        Blind
      </label>
      {blind && (
        <>
          <button type="button" class="button" onClick={() => setRevealed(true)}>Reveal</button>
          <span class="hint" role="status">{revealed ? `1 is ${swapped ? 'B' : 'A'}, 2 is ${swapped ? 'A' : 'B'}` : ''}</span>
        </>
      )}
    </div>
  );
}
