import { Dialog } from '../../ui/Dialog.tsx';
import { pendingImport, useTrack } from '../files.ts';

/** Choice of a track, when a file has several. */
export function ImportDialog() {
  const pending = pendingImport.value;
  return (
    <Dialog title="Which part should be sung?" open={pending !== undefined} onClose={() => { pendingImport.value = undefined; }}>
      <div class="stack">
        {pending?.tracks.map(({ index, name, notes }) => (
          <button key={index} type="button" class="button choice" onClick={() => void useTrack(pending, index)}>
            <span>{name === '' ? `Track ${index + 1}` : name}</span>
            <span class="hint">{notes} notes</span>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
