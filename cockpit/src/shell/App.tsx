import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { BankTab } from '../bank/BankTab.tsx';
import { JamTab } from '../jam/JamTab.tsx';
import { LiveTab } from '../live/LiveTab.tsx';
import { ScoreTab } from '../score/ScoreTab.tsx';
import { bankChanged } from '../state/bank-changes.ts';
import { clearCode } from '../state/errors.ts';
import { watchHealth } from '../state/health.ts';
import { connectTabKeys, currentTab, type Tab } from '../state/navigation.ts';
import { loadPresets } from '../state/presets.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Banners } from './Banners.tsx';
import { ErrorPanel } from './ErrorPanel.tsx';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { KeyPanel } from './KeyPanel.tsx';

const TAB_CONTENT: Record<Tab, ComponentType> = { score: ScoreTab, live: LiveTab, jam: JamTab, bank: BankTab };

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
  const tab = currentTab.value;
  const Content = TAB_CONTENT[tab];
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
          <Content />
        </div>
      </main>
      <KeyPanel onChanged={onKeyChanged} />
      <AskDialog />
      <KeysDialog />
    </>
  );
}
