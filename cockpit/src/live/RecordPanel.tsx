import { effect } from '@preact/signals';
import { Circle, Square } from 'lucide';
import { useEffect } from 'preact/hooks';
import { bankChanged } from '../state/bank-changes.ts';
import { reportError } from '../state/errors.ts';
import { ask } from '../ui/AskDialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { patchRender } from '../wire/daemon.ts';
import { live } from './session.ts';

const CAP_SEC = 60;

/** Records what is played, 60 s at most, into the bank. */
export function RecordPanel() {
  useEffect(() => effect(() => {
    const take = live.savedTake.value;
    if (take === undefined) return;
    live.savedTake.value = undefined;
    void nameTake(take.renderId, take.name, take.durationSec >= CAP_SEC - 0.5);
  }), []);
  const recording = live.recording.value;
  const left = Math.max(0, CAP_SEC - live.recordedSec.value);
  return (
    <div class="stack">
      <div class="row">
        <button type="button" id="btn-record" class={`button grow${recording ? ' recording' : ''}`} aria-pressed={recording}
          disabled={live.state.value !== 'connected'} onClick={() => (recording ? live.stopRecording() : live.startRecording())}>
          <Icon node={recording ? Square : Circle} />{recording ? 'Stop' : 'Record'}
        </button>
        {recording && <span id="record-countdown" class={left < 10 ? 'badge bad' : 'badge warn'} role="timer">{left.toFixed(0)} s left</span>}
      </div>
      {live.takeKept.value && (
        <div class="notice error">
          <span class="notice-text">The take is not saved yet. Make room in the bank and try again, or drop it.</span>
          <button type="button" class="button" onClick={() => live.send({ type: 'record_retry' })}>Save again</button>
          <button type="button" class="button danger" onClick={() => live.send({ type: 'record_discard' })}>Discard take</button>
        </div>
      )}
    </div>
  );
}

/** The take is safe in the bank under a name of its own before anybody is asked for a better one. */
async function nameTake(renderId: string, name: string, capped: boolean): Promise<void> {
  const wanted = await ask({
    title: capped ? `Take saved: the ${CAP_SEC} s are full` : 'Take saved', label: 'Name',
    hint: `Left empty, it stays “${name}”.${capped ? ` A take is ${CAP_SEC} s at most; press Record again for the next one.` : ''}`, initial: '', action: 'Keep', maxLength: 200,
  });
  if (wanted === undefined || wanted === '') return;
  try {
    await patchRender(renderId, { name: wanted });
    bankChanged();
  } catch (problem) {
    reportError('Naming the take', problem);
  }
}
