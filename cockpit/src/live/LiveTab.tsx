import { Hand, OctagonX, Play, Square } from 'lucide';
import '../styles/live.css';
import { MidiPanel } from '../play/MidiPanel.tsx';
import { usePerformer } from '../play/performer.ts';
import { Piano } from '../play/Piano.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Section } from '../ui/Section.tsx';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { hold, livePerformer, panic, soundingKeys } from './desk.ts';
import { LatencyPanel } from './LatencyPanel.tsx';
import { LiveTiles } from './LiveTiles.tsx';
import { MetronomePanel } from './MetronomePanel.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { Scope } from './Scope.tsx';
import { live } from './session.ts';
import { settings } from './settings.ts';
import { SoundPanel } from './SoundPanel.tsx';
import { WordsPanel } from './WordsPanel.tsx';
import { XyPad } from './XyPad.tsx';

/** The voice as an instrument. */
export function LiveTab() {
  usePerformer(livePerformer);
  return (
    <div class="live">
      <aside class="live-side" aria-label="Session">
        <Section title="Connection"><ConnectionPanel /></Section>
        <Section title="Sound"><SoundPanel /></Section>
      </aside>
      <div class="live-stage">
        <Stage />
      </div>
      <aside class="live-side" aria-label="Performance">
        <Section title="Words"><WordsPanel /></Section>
        <Section title="Recording"><RecordPanel /></Section>
        <Section title="Metronome"><MetronomePanel /></Section>
        <Section title="Latency"><LatencyPanel /></Section>
        <Section title="MIDI"><MidiPanel /></Section>
      </aside>
    </div>
  );
}

function Stage() {
  const connected = live.state.value === 'connected';
  return (
    <>
      <div class="row">
        <button type="button" class="button" disabled={!connected} aria-pressed={live.playing.value} onClick={() => live.transport('play')}><Icon node={Play} />Start audio</button>
        <button type="button" class="button" disabled={!connected} onClick={() => live.transport('stop')}><Icon node={Square} />Stop</button>
        <button type="button" id="panic" class="button danger" disabled={!connected} onClick={panic}><Icon node={OctagonX} />Panic</button>
        <button type="button" id="hold" class="button" aria-pressed={hold.value} onClick={() => { hold.value = !hold.value; }}><Icon node={Hand} />Hold</button>
      </div>
      <LiveTiles />
      <Scope />
      <Piano octave={settings.value.octave} velocity={settings.value.velocity} disabled={!connected} lit={new Set(soundingKeys.value.values())} />
      <XyPad />
      {!connected && <p class="hint">Connect, then play with the mouse, with your fingers, with the letters Z to M and Q to U, or with a MIDI keyboard.</p>}
    </>
  );
}
