import { AudioLines, Keyboard, KeyRound, Library, Moon, Piano, Sun, SunMoon, Users, type IconNode } from 'lucide';
import { authToken, keyPanelOpen } from '../state/auth.ts';
import { currentTab, openTab, TABS, type Tab } from '../state/navigation.ts';
import { cycleTheme, theme, type Theme } from '../state/theme.ts';
import { Icon } from '../ui/Icon.tsx';
import { keysDialogOpen } from './KeysDialog.tsx';
import { HealthBadge } from './HealthBadge.tsx';

const TAB_LOOK: Record<Tab, { label: string; icon: IconNode }> = {
  score: { label: 'Score', icon: AudioLines },
  live: { label: 'Live', icon: Piano },
  jam: { label: 'Jam', icon: Users },
  bank: { label: 'Bank', icon: Library },
};

const THEME_ICON: Record<Theme, IconNode> = { system: SunMoon, dark: Moon, light: Sun };

export function Header() {
  return (
    <header class="header">
      <h1 class="wordmark"><img src="/favicon.svg" alt="" /><span>Cantora</span></h1>
      <TabList />
      <div class="header-end">
        <HealthBadge />
        <button type="button" id="keys-button" class="button quiet icon-only" title="Keys (?)" aria-label="Keys"
          onClick={() => { keysDialogOpen.value = true; }}>
          <Icon node={Keyboard} />
        </button>
        <button type="button" class="button quiet icon-only" title={`Theme: ${theme.value}`}
          aria-label={`Theme: ${theme.value}`} onClick={cycleTheme}>
          <Icon node={THEME_ICON[theme.value]} />
        </button>
        <button type="button" id="api-key-button" class="button" aria-label="API Key"
          onClick={() => { keyPanelOpen.value = true; }}>
          <Icon node={KeyRound} />
          <span class="button-text-wide">API Key</span>
          {authToken.value !== '' && <span class="visually-hidden">(saved)</span>}
        </button>
      </div>
    </header>
  );
}

/** Arrow keys move between tabs, as in every tab list. */
function TabList() {
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(currentTab.value) + step + TABS.length) % TABS.length] ?? 'score';
    openTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Workspaces" onKeyDown={move}>
      {TABS.map((tab) => (
        <button key={tab} type="button" id={`tab-${tab}`} class="tab" role="tab"
          {...(currentTab.value === tab ? { 'aria-controls': `panel-${tab}` } : {})}
          aria-selected={currentTab.value === tab} tabIndex={currentTab.value === tab ? 0 : -1}
          onClick={() => openTab(tab)}>
          <Icon node={TAB_LOOK[tab].icon} />{TAB_LOOK[tab].label}
        </button>
      ))}
    </div>
  );
}
