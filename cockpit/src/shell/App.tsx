import { useEffect } from 'preact/hooks';
import { bankChanged } from '../state/bank-changes.ts';
import { clearCode } from '../state/errors.ts';
import { watchHealth } from '../state/health.ts';
import { connectTabKeys, currentTab } from '../state/navigation.ts';
import { loadPresets } from '../state/presets.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Banners } from './Banners.tsx';
import { ErrorPanel } from './ErrorPanel.tsx';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { KeyPanel } from './KeyPanel.tsx';
import { prefetchWorkspaces, Workspace } from './Workspace.tsx';

/** With another key other things can be seen: what was refused is asked for again. */
function onKeyChanged(): void {
  clearCode('UNAUTHORIZED');
  clearCode('FORBIDDEN');
  void loadPresets();
  bankChanged();
}

export function App() {
  useEffect(() => watchHealth(() => void loadPresets()), []);
  useEffect(connectTabKeys, []);
  useEffect(prefetchWorkspaces, []);
  const tab = currentTab.value;
  return (
    <>
      <a class="skip-link" href={`#${tab}`} onClick={(event) => {
        event.preventDefault();
        document.getElementById(`panel-${tab}`)?.focus();
      }}>Skip to content</a>
      <Header />
      <Banners />
      <ErrorPanel />
      <main class="page">
        <div id={`panel-${tab}`} role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={-1}>
          <Workspace tab={tab} />
        </div>
      </main>
      <KeyPanel onChanged={onKeyChanged} />
      <AskDialog />
      <KeysDialog />
    </>
  );
}
