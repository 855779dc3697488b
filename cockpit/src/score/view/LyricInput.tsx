import { useLayoutEffect, useRef } from 'preact/hooks';
import { shown } from '../store.ts';
import { editedNoteId, finishLyric, spaceEndsWord } from './lyric-editing.ts';
import { noteBox } from './note-layout.ts';

/** The field that opens on a note. Tab and space go to the next note, so that a line can be typed in one go. */
export function LyricInput() {
  const input = useRef<HTMLInputElement>(null);
  const id = editedNoteId.value;
  const note = shown.value.notes.find((candidate) => candidate.id === id);
  const open = note !== undefined;
  useLayoutEffect(() => {
    if (input.current === null) return;
    show(input.current, id);
    input.current.focus();
  }, [open]);
  if (note === undefined || id === undefined) return null;
  const box = noteBox(note);
  const onKey = (event: KeyboardEvent & { currentTarget: HTMLInputElement }): void => {
    const text = event.currentTarget.value;
    const step = event.key === 'Tab' ? (event.shiftKey ? -1 : 1) : event.key === ' ' && spaceEndsWord(text) ? 1
      : event.key === 'Enter' ? 0 : undefined;
    if (event.key === 'Escape') {
      editedNoteId.value = undefined;
      document.getElementById('piano-roll')?.focus();
    }
    if (step === undefined) return;
    event.preventDefault();
    finishLyric(id, text, step);
    // At once, not with the next render: a quick typist's next letter belongs to the next note already.
    show(event.currentTarget, editedNoteId.value);
  };
  return (
    <input ref={input} id="lyric-input" class="lyric-input" maxLength={64} aria-label="Lyric of the note"
      autocomplete="off" spellcheck={false}
      style={{ left: `${Math.max(0, box.x)}px`, top: `${box.y - 3}px`, width: `${Math.max(88, box.width)}px` }}
      onKeyDown={onKey}
      onBlur={(event) => editedNoteId.value === id && finishLyric(id, event.currentTarget.value, 0)} />
  );
}

function show(input: HTMLInputElement, id: string | undefined): void {
  input.value = shown.value.notes.find((note) => note.id === id)?.lyric ?? '';
  input.select();
}
