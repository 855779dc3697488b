import { Dialog } from '../../ui/Dialog.tsx';
import { pendingImport, useTrack } from '../files.ts';

/** Choice of a part, when a file has several. */
export function ImportDialog() {
  const song = pendingImport.value;
  return (
    <Dialog title="Which part should be sung?" open={song !== undefined} onClose={() => { pendingImport.value = undefined; }}>
      <div class="stack">
        {song?.tracks.map((track, index) => (
          <button key={index} type="button" class="button choice" onClick={() => useTrack(song, track)}>
            <span>{track.name}</span>
            <span class="hint">
              {track.notes.length} notes{track.notes.some((note) => note.lyric !== undefined) ? ', with words' : ''}
            </span>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
