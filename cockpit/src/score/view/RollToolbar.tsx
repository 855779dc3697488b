import {
  AudioWaveform, FileDown, FileUp, List, Magnet, MousePointer2, Pencil, Plus, Redo2, Scissors, Spline, Trash2, Undo2, Volume2, VolumeX, ZoomIn, ZoomOut,
  FilePlus2,
} from 'lucide';
import { useRef } from 'preact/hooks';
import { audition } from '../../audio/audition.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { deleteSelection, quantiseSelection, splitSelection } from '../actions.ts';
import { SNAPS } from '../model/grid.ts';
import { downloadScore, importFile, newScore } from '../files.ts';
import { editCursorSec } from '../session.ts';
import { canRedo, canUndo, redoEdit, selection, undoEdit } from '../store.ts';
import { listOpen, showPitchCurve, snap, tool } from '../view-state.ts';
import { addAtCursor } from './roll-keys.ts';
import { zoomBy } from './roll-scroller.ts';

export function RollToolbar() {
  const chosen = selection.value.size > 0;
  return (
    <div class="toolbar" role="toolbar" aria-label="Piano roll">
      <div class="button-group" role="group" aria-label="Tool">
        <IconButton icon={Pencil} label="Draw (D)" pressed={tool.value === 'draw'} onClick={() => { tool.value = 'draw'; }} />
        <IconButton icon={MousePointer2} label="Select (V)" pressed={tool.value === 'select'}
          onClick={() => { tool.value = 'select'; }} />
        <IconButton icon={Spline} label="Pitch: draw bends, drag glide and vibrato (P)" pressed={tool.value === 'pitch'}
          onClick={() => { tool.value = 'pitch'; }} />
      </div>
      <div class="button-group">
        <IconButton icon={Undo2} label="Undo (Ctrl+Z)" disabled={!canUndo.value} onClick={undoEdit} />
        <IconButton icon={Redo2} label="Redo (Ctrl+Y)" disabled={!canRedo.value} onClick={redoEdit} />
      </div>
      <label class="inline-field">
        <Icon node={Magnet} /><span class="visually-hidden">Snap</span>
        <select id="snap" class="select" value={snap.value} title="Snap"
          onChange={(event) => { snap.value = SNAPS[event.currentTarget.selectedIndex] ?? '1/16'; }}>
          {SNAPS.map((name) => <option key={name} value={name}>{name === 'off' ? 'No snap' : name.replace('s', ' s')}</option>)}
        </select>
      </label>
      <div class="button-group">
        <button type="button" id="quantise" class="button" title="Pull notes to the grid (Q)" onClick={quantiseSelection}>
          Quantise
        </button>
        <IconButton icon={Scissors} label="Split at the cursor (S)" disabled={!chosen || editCursorSec.value === undefined}
          onClick={() => splitSelection(editCursorSec.value ?? 0)} />
        <IconButton icon={Plus} label="Add a note (N)" onClick={addAtCursor} />
        <IconButton icon={Trash2} label="Delete selection (Del)" disabled={!chosen} onClick={deleteSelection} />
      </div>
      <div class="button-group">
        <IconButton icon={ZoomOut} label="Zoom out (-)" onClick={() => zoomBy(0.8)} />
        <IconButton icon={ZoomIn} label="Zoom in (+)" onClick={() => zoomBy(1.25)} />
      </div>
      <div class="button-group">
        <IconButton icon={AudioWaveform} label="Pitch curves" pressed={showPitchCurve.value}
          onClick={() => { showPitchCurve.value = !showPitchCurve.value; }} />
        <IconButton icon={audition.enabled.value ? Volume2 : VolumeX} label="Hear notes while editing"
          pressed={audition.enabled.value} onClick={() => { audition.enabled.value = !audition.enabled.value; }} />
        <IconButton icon={List} label="Notes as a list" pressed={listOpen.value}
          onClick={() => { listOpen.value = !listOpen.value; }} />
      </div>
      <FileButtons />
    </div>
  );
}

function FileButtons() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <div class="button-group toolbar-end">
        <IconButton icon={FilePlus2} label="New score" onClick={newScore} />
        <button type="button" class="button" title="MIDI, MusicXML or score JSON; dropping a file does the same"
          onClick={() => input.current?.click()}>
          <Icon node={FileUp} />Import
        </button>
        <IconButton icon={FileDown} label="Download the score as JSON" onClick={downloadScore} />
      </div>
      <input ref={input} id="import-file" type="file" hidden accept=".mid,.midi,.musicxml,.xml,.mxl,.ust,.ustx,.lrc,.json"
        aria-label="Score file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void importFile(file);
        }} />
    </>
  );
}
