import { Hand, OctagonX, Play, Plug, Square, Unplug } from 'lucide';
import { useEffect } from 'preact/hooks';
import '../styles/live.css';
import { MidiPanel } from '../play/MidiPanel.tsx';
import { usePerformer } from '../play/performer.ts';
import { Piano } from '../play/Piano.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Section } from '../ui/Section.tsx';
import { VoicePanel } from './VoicePanel.tsx';
import { hold, livePerformer, panic, soundingKeys } from './desk.ts';
import { LatencyPanel } from './LatencyPanel.tsx';
import { LiveTiles } from './LiveTiles.tsx';
import { MetronomePanel } from './MetronomePanel.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { Scope } from './Scope.tsx';
import { live, type ConnectionState } from './session.ts';
import { changeSettings, settings } from './settings.ts';
import { SoundPanel } from './SoundPanel.tsx';
import { WordsPanel } from './WordsPanel.tsx';
import { XyPad } from './XyPad.tsx';

/** The voice as an instrument. */
export function LiveTab() {
  usePerformer(livePerformer);
  useEffect(connectLiveKeys, []);
  return (
    <div class="live">
      <aside class="live-side" aria-label="Session">
        <Section title="Voice"><VoicePanel /></Section>
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

const BADGE: Record<ConnectionState, [string, string]> = {
  disconnected: ['', 'Not connected'], connecting: ['warn', 'Connecting'], connected: ['ok', 'Connected'],
};

function Stage() {
  const state = live.state.value;
  const connected = state === 'connected';
  return (
    <>
      <StageBar />
      <LiveTiles />
      <Scope />
      <Piano octave={settings.value.octave} velocity={settings.value.velocity} disabled={!connected} lit={new Set(soundingKeys.value.values())} />
      <XyPad />
      {!connected && <p class="hint">Connect, then play with the mouse, with your fingers, with the letters Z to M and Q to U, or with a MIDI keyboard.</p>}
    </>
  );
}

function StageBar() {
  const state = live.state.value;
  const connected = state === 'connected';
  const [tone, text] = BADGE[state];
  return (
    <div class="row">
      {state === 'disconnected' ? (
        <button key="connect" type="button" id="live-connect" class="button primary" onClick={() => void live.connect()}><Icon node={Plug} />Connect</button>
      ) : (
        <button key="disconnect" type="button" id="live-disconnect" class="button" onClick={() => live.disconnect()}><Icon node={Unplug} />Disconnect</button>
      )}
      <span id="live-badge" class={`badge ${tone}`} role="status">{text}</span>
      <div class="row stage-end">
        <div class="button-group">
          <button type="button" id="live-play" class="button" disabled={!connected} aria-pressed={live.playing.value} onClick={() => live.transport('play')}><Icon node={Play} />Start audio</button>
          <button type="button" id="live-stop" class="button" disabled={!connected} onClick={() => live.transport('stop')}><Icon node={Square} />Stop</button>
        </div>
        <button type="button" id="hold" class="button" aria-pressed={hold.value} title="Notes go on when their keys are let go"
          onClick={() => { hold.value = !hold.value; }}><Icon node={Hand} />Hold</button>
        <button type="button" id="panic" class="button danger" disabled={!connected} title="Silence at once (Esc)" onClick={panic}><Icon node={OctagonX} />Panic</button>
      </div>
    </div>
  );
}

/** Octave and panic by key; the keys of the piano are the piano's own. */
function connectLiveKeys(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const typing = event.target instanceof HTMLElement && event.target.closest('input:not([type=range]):not([type=checkbox]), textarea, select, dialog') !== null;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { octave } = settings.value;
    if (event.key === 'Escape' && live.state.value === 'connected') panic();
    else if (event.code === 'BracketLeft') changeSettings({ octave: Math.max(-3, octave - 1) });
    else if (event.code === 'BracketRight') changeSettings({ octave: Math.min(3, octave + 1) });
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
