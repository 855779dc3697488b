import { shownTheme } from '../state/theme.ts';

const NAMES = {
  white: '--roll-white', black: '--roll-black', grid: '--roll-grid', beat: '--roll-beat', bar: '--roll-bar',
  note: '--roll-note', noteEdge: '--roll-note-edge', selected: '--roll-note-selected', noteText: '--roll-note-text',
  curve: '--roll-curve', cursor: '--roll-cursor', loop: '--roll-loop', marquee: '--roll-selection',
  keyWhite: '--key-white', keyWhiteText: '--key-white-text', keyBlack: '--key-black',
  text: '--text', textSoft: '--text-soft', textFaint: '--text-faint', line: '--line', panel: '--panel',
  sunken: '--sunken', accent: '--accent', honey: '--honey', blue: '--blue', amber: '--amber', ok: '--ok', bad: '--bad',
} as const;

export type Palette = Readonly<Record<keyof typeof NAMES, string>>;

let cached: { readonly theme: string; readonly palette: Palette } | undefined;

/** The design tokens for canvases, read again when the theme changes. Reading it in an effect subscribes to the theme. */
export function palette(): Palette {
  const theme = shownTheme.value;
  if (cached?.theme !== theme) {
    const style = getComputedStyle(document.documentElement);
    const entries = Object.entries(NAMES).map(([name, token]) => [name, style.getPropertyValue(token).trim()]);
    cached = { theme, palette: Object.fromEntries(entries) as Palette };
  }
  return cached.palette;
}

export const CANVAS_FONT = "'Instrument Sans Variable', system-ui, sans-serif";
