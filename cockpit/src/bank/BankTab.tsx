import { useEffect } from 'preact/hooks';
import '../styles/bank.css';
import { bankVersion } from '../state/bank-changes.ts';
import { Choice } from '../ui/Choice.tsx';
import { SORTS } from './arrange.ts';
import { BudgetBar } from './BudgetBar.tsx';
import { CompareDialog, comparing } from './CompareDialog.tsx';
import { RenderDetails } from './RenderDetails.tsx';
import { RenderRow } from './RenderRow.tsx';
import { chosen, leaving, listed, loadRenders, openRender, removeNow, renders, search, sortKey, undoRemove } from './store.ts';

/** Everything that was rendered and kept. */
export function BankTab() {
  const version = bankVersion.value;
  useEffect(() => void loadRenders(), [version]);
  useEffect(() => {
    const leave = (): void => void removeNow();
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);
  return (
    <div class="bank">
      <div class="bank-head">
        <label class="field bank-search">
          <span class="field-label">Search</span>
          <input id="bank-search" class="input" type="search" value={search.value} placeholder="Name, voice, hash …"
            onInput={(event) => { search.value = event.currentTarget.value; }} />
        </label>
        <Choice label="Sort by" value={sortKey.value} options={SORTS} onChange={(key) => { sortKey.value = key; }} />
        <button type="button" id="compare" class="button" disabled={chosen.value.length !== 2} onClick={() => { comparing.value = true; }}>
          Compare{chosen.value.length > 0 ? ` (${chosen.value.length} of 2)` : ''}
        </button>
        <BudgetBar />
      </div>
      {leaving.value !== undefined && (
        <div class="notice info" role="status">
          <span class="notice-text">Deleted “{leaving.value.name}”.</span>
          <button type="button" class="button" onClick={undoRemove}>Undo</button>
        </div>
      )}
      <div class="bank-columns">
        <RenderList />
        {openRender.value !== undefined && <RenderDetails key={openRender.value.id} meta={openRender.value} />}
      </div>
      <CompareDialog />
    </div>
  );
}

function RenderList() {
  if (renders.value === undefined) return <p class="hint">Loading …</p>;
  if (renders.value.length === 0) {
    return (
      <div class="empty panel">
        <h2>Nothing here yet</h2>
        <p>Render a score and press Save Render, or record a take in the Live tab.</p>
      </div>
    );
  }
  if (listed.value.length === 0) return <p class="hint">Nothing matches the search.</p>;
  return <ul class="render-list" id="render-list">{listed.value.map((meta) => <RenderRow key={meta.id} meta={meta} />)}</ul>;
}
