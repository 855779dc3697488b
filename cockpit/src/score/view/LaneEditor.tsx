import { palette } from '../../ui/palette.ts';
import { usePainter } from '../../ui/use-painter.ts';
import { timbresOf } from '../../state/presets.ts';
import { laneKey, laneRange, PLAIN_LANES } from '../model/lanes.ts';
import { selection, shown } from '../store.ts';
import { lowerView, pxPerSec, scrollX, snapStep, type LowerView } from '../view-state.ts';
import { paintLane, paintVelocity } from './lane-painter.ts';
import { clearLane, startLaneStroke } from './lane-gestures.ts';

/** The curve editor below the roll: draw with the pointer, erase with the right button. */
export function LaneEditor() {
  const canvas = usePainter(
    () => {
      palette();
      void [shown.value, selection.value, scrollX.value, pxPerSec.value, lowerView.value, snapStep.value];
    },
    (surface) => {
      const view = lowerView.value;
      if ('velocity' in view) paintVelocity(surface, palette());
      else paintLane(surface, palette(), view);
    },
  );
  const view = lowerView.value;
  const choices = laneChoices();
  return (
    <>
      <div class="lane-head">
        <select id="lane-select" class="select" aria-label="Curve below the roll" value={keyOf(view)}
          onChange={(event) => { lowerView.value = choices[event.currentTarget.selectedIndex] ?? { velocity: true }; }}>
          {choices.map((choice) => <option key={keyOf(choice)} value={keyOf(choice)}>{labelOf(choice)}</option>)}
        </select>
        {!('velocity' in view) && (
          <button type="button" class="button quiet" onClick={() => clearLane(view)}>Clear</button>
        )}
      </div>
      <canvas ref={canvas} class="lane-canvas" aria-hidden="true" onContextMenu={(event) => event.preventDefault()}
        onPointerDown={(event) => startLaneStroke(event, view)} />
    </>
  );
}

function laneChoices(): LowerView[] {
  const timbres = timbresOf(shown.value.engine.presetId);
  return [{ velocity: true }, ...PLAIN_LANES.map((lane) => ({ lane })), ...timbres.map((timbre) => ({ timbre }))];
}

function keyOf(view: LowerView): string {
  return 'velocity' in view ? 'velocity' : laneKey(view);
}

function labelOf(view: LowerView): string {
  return 'velocity' in view ? 'Velocity' : laneRange(view).label;
}
