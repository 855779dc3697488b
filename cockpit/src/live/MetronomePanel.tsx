import { Choice } from '../ui/Choice.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { GRIDS, METERS, metronome } from './metronome.ts';

const asOptions = <T extends string>(names: readonly T[]) => names.map((name) => ({ value: name, label: name }));

/** A click in the page, and the grid that keys can be pulled to. */
export function MetronomePanel() {
  const beats = Number(metronome.meter.value[0]);
  const bpm = useDraft(String(metronome.bpm.value));
  return (
    <div class="stack" id="live-metronome">
      <div class="row">
        <button type="button" id="metronome-on" class="button" aria-pressed={metronome.on.value} onClick={() => { metronome.on.value = !metronome.on.value; }}>
          Metronome
        </button>
        <span class="beats" aria-hidden="true">
          {Array.from({ length: beats }, (_, beat) => <span key={beat} class={beat === metronome.beat.value ? 'beat on' : 'beat'} />)}
        </span>
      </div>
      <div class="field-pair">
        <label class="field">
          <span class="field-label">BPM</span>
          <input class="input" type="number" min={30} max={300} value={bpm.text} onInput={bpm.type} onBlur={bpm.done}
            onChange={(event) => {
              const typed = event.currentTarget.valueAsNumber;
              if (typed >= 30 && typed <= 300) metronome.bpm.value = typed;
              bpm.done();
            }} />
        </label>
        <Choice label="Metre" value={metronome.meter.value} options={asOptions(METERS)} onChange={(meter) => { metronome.meter.value = meter; }} />
        <Choice label="Grid" value={metronome.grid.value} options={asOptions(GRIDS)} onChange={(grid) => { metronome.grid.value = grid; }} />
      </div>
      <label class="check">
        <input type="checkbox" checked={metronome.quantise.value} onChange={(event) => { metronome.quantise.value = event.currentTarget.checked; }} />
        Quantise what I play
      </label>
    </div>
  );
}
