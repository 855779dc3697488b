import { useEffect } from 'preact/hooks';
import '../styles/score.css';
import { Section } from '../ui/Section.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { importFile } from './files.ts';
import { startPhonemeSync } from './phoneme-sync.ts';
import { announcement, autosaveFailed, edit, saved, startAutosave } from './store.ts';
import { listOpen } from './view-state.ts';
import { EnginePanel } from './view/EnginePanel.tsx';
import { ImportDialog } from './view/ImportDialog.tsx';
import { JsonEditor } from './view/JsonEditor.tsx';
import { LyricsPanel } from './view/LyricsPanel.tsx';
import { NoteInspector } from './view/NoteInspector.tsx';
import { NoteList } from './view/NoteList.tsx';
import { ResultPanels } from './view/ResultPanels.tsx';
import { Roll } from './view/Roll.tsx';
import { centreWhenSized } from './view/roll-scroller.ts';
import { RollToolbar } from './view/RollToolbar.tsx';
import { connectScoreKeys } from './view/score-keys.ts';
import { Transport } from './view/Transport.tsx';

/** Write a melody with words, hear it sung. */
export function ScoreTab() {
  useEffect(() => {
    const stops = [startAutosave(), startPhonemeSync(), centreWhenSized(), connectScoreKeys()];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <div class="score" onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void importFile(file);
    }}>
      <Transport />
      <div class="score-columns">
        <div class="score-main">
          <div class="score-title">
            <TitleInput />
            <span class="hint">{autosaveFailed.value ? 'Could not be saved in this browser' : 'Saved in this browser'}</span>
          </div>
          <RollToolbar />
          <Roll />
          {listOpen.value && <NoteList />}
        </div>
        <aside class="score-side" aria-label="Settings">
          <Section title="Note"><NoteInspector /></Section>
          <Section title="Lyrics"><LyricsPanel /></Section>
          <Section title="Voice"><EnginePanel /></Section>
          <Section title="Last render"><ResultPanels /></Section>
          <Section title="Advanced" closed><JsonEditor /></Section>
        </aside>
      </div>
      <ImportDialog />
      <div class="visually-hidden" aria-live="polite">{announcement.value}</div>
    </div>
  );
}

function TitleInput() {
  const draft = useDraft(saved.value.title);
  return (
    <input class="title-input" aria-label="Title" value={draft.text} maxLength={200} onInput={draft.type} onBlur={draft.done}
      onChange={(event) => {
        edit({ ...saved.value, title: event.currentTarget.value.trim() || 'Untitled' });
        draft.done();
      }} />
  );
}
