import { CircleStop, Download, Play, Repeat, Save, Sparkles, Square, X } from 'lucide';
import { promoteLast } from '../../wire/daemon.ts';
import { ask } from '../../ui/AskDialog.tsx';
import { downloadBlob } from '../../ui/download.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import { clearErrors, reportError } from '../../state/errors.ts';
import { bankChanged } from '../../state/bank-changes.ts';
import { clockText, positionText } from '../model/grid.ts';
import { endSec, type Meter } from '../model/document.ts';
import { setMeter, setTempo } from '../model/edits.ts';
import { cancelRender, jobRuns, lastResult, resultIsOld } from '../render-job.ts';
import { editCursorSec, player, playScore, renderAndLoad, renderAndPlay } from '../session.ts';
import { announce, edit, saved } from '../store.ts';
import { keepBeats } from '../view-state.ts';
import { RenderProgress } from './RenderProgress.tsx';

/** Render, play, loop, save: the strip that stays in reach. */
export function Transport() {
  const playing = player.playing.value;
  return (
    <div class="transport" role="group" aria-label="Transport">
      <button type="button" id="render-play" class="button primary" disabled={jobRuns.value} onClick={() => void renderAndPlay()}>
        <Icon node={Sparkles} />Render + Play
      </button>
      {jobRuns.value ? (
        <button key="cancel" type="button" id="cancel-render" class="button danger" onClick={() => void cancelRender()}>
          <Icon node={X} />Cancel
        </button>
      ) : (
        <button key="render" type="button" id="render" class="button" onClick={() => void renderAndLoad()}>Render</button>
      )}
      <div class="button-group">
        <IconButton icon={playing ? CircleStop : Play} label="Play (Space)" pressed={playing} onClick={() => void playScore()} />
        <IconButton icon={Square} label="Stop" disabled={!playing && player.positionSec.value === 0} onClick={() => player.stop()} />
        <IconButton icon={Repeat} label="Loop" pressed={player.looping.value} onClick={toggleLoop} />
      </div>
      <Position />
      <Tempo />
      <RenderProgress />
      <div class="row transport-end">
        <button type="button" id="save-render" class="button" disabled={lastResult.value === undefined || jobRuns.value} onClick={() => void saveRender()}>
          <Icon node={Save} />Save Render
        </button>
        <button type="button" id="download-wav" class="button" disabled={!player.loaded.value} onClick={downloadWav}>
          <Icon node={Download} />WAV
        </button>
      </div>
    </div>
  );
}

function Position() {
  const { bpm, meter } = saved.value;
  const sec = player.playing.value ? player.positionSec.value : editCursorSec.value ?? 0;
  return (
    <div class="position" aria-label="Position">
      <strong>{positionText(sec, bpm, meter)}</strong>
      <span>{clockText(sec)}{resultIsOld.value && player.loaded.value ? ' · old render' : ''}</span>
    </div>
  );
}

function Tempo() {
  const { bpm, meter } = saved.value;
  const draft = useDraft(String(bpm));
  const meters = METERS.some(({ beats, unit }) => beats === meter.beats && unit === meter.unit) ? METERS : [meter, ...METERS];
  return (
    <div class="row tempo">
      <label class="inline-field">
        BPM
        <input id="bpm" class="input" type="number" min={20} max={400} step="any" value={draft.text} onInput={draft.type} onBlur={draft.done}
          onChange={(event) => {
            const typed = event.currentTarget.valueAsNumber;
            if (typed >= 20 && typed <= 400) edit(setTempo(saved.value, typed, keepBeats.value));
            draft.done();
          }} />
      </label>
      <label class="inline-field">
        <span class="visually-hidden">Metre</span>
        <select class="select" value={`${meter.beats}/${meter.unit}`} title="Metre"
          onChange={(event) => edit(setMeter(saved.value, meters[event.currentTarget.selectedIndex] ?? meter))}>
          {meters.map(({ beats, unit }) => <option key={`${beats}/${unit}`} value={`${beats}/${unit}`}>{beats}/{unit}</option>)}
        </select>
      </label>
      <label class="check" title="A new tempo moves notes and curves so that they stay on their beats">
        <input type="checkbox" checked={keepBeats.value} onChange={(event) => { keepBeats.value = event.currentTarget.checked; }} />
        Notes follow
      </label>
    </div>
  );
}

const METERS = [
  { beats: 4, unit: 4 }, { beats: 3, unit: 4 }, { beats: 2, unit: 4 }, { beats: 5, unit: 4 }, { beats: 6, unit: 8 },
  { beats: 7, unit: 8 }, { beats: 9, unit: 8 }, { beats: 12, unit: 8 }, { beats: 2, unit: 2 },
] as const satisfies readonly Meter[];

/** Loops the marked range, or the whole score when none is marked. */
function toggleLoop(): void {
  player.looping.value = !player.looping.value;
  if (player.looping.value && player.loopRange.value === undefined && saved.value.notes.length > 0) {
    player.loopRange.value = { startSec: 0, endSec: endSec(saved.value) };
  }
}

async function saveRender(): Promise<void> {
  const name = await ask({
    title: 'Save Render', label: 'Name', hint: 'Leave it empty for a name with a number.', initial: saved.value.title === 'Untitled' ? '' : saved.value.title,
    action: 'Save', maxLength: 200,
  });
  if (name === undefined) return;
  try {
    const { meta } = await promoteLast(name);
    clearErrors('Saving');
    announce(`Saved as ${meta.name}`);
    bankChanged();
  } catch (problem) {
    reportError('Saving', problem);
  }
}

function downloadWav(): void {
  const audio = player.audio.value;
  if (audio !== undefined) downloadBlob(audio, `${saved.value.title}.wav`);
}

