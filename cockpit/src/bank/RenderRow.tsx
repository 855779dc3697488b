import { Check, Pencil, Star, Trash2, X } from 'lucide';
import { useState } from 'preact/hooks';
import { presetById } from '../state/presets.ts';
import type { RenderMeta } from '../wire/types.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { choose, chosen, LAST, openId, pin, removeLater, rename } from './store.ts';

export function RenderRow({ meta }: { meta: RenderMeta }) {
  const [renaming, setRenaming] = useState(false);
  const isLast = meta.id === LAST;
  const pinned = meta.pinned === true;
  return (
    <li class={`render-row${openId.value === meta.id ? ' open' : ''}`} data-render={meta.id}>
      <input type="checkbox" checked={chosen.value.includes(meta.id)} aria-label={`Compare ${meta.name}`}
        onChange={(event) => choose(meta.id, event.currentTarget.checked)} />
      {renaming ? <NameEditor meta={meta} onDone={() => setRenaming(false)} /> : (
        <button type="button" class="render-name" aria-expanded={openId.value === meta.id}
          onClick={() => { openId.value = openId.value === meta.id ? undefined : meta.id; }}>
          <strong>{isLast ? 'Last render' : meta.name}</strong>
          <span class="hint">{facts(meta)}</span>
        </button>
      )}
      {isLast ? <span class="tag">last</span> : !renaming && (
        <div class="render-actions">
          <button type="button" class={`button quiet icon-only${pinned ? ' pinned' : ''}`} aria-pressed={pinned} title="Pin"
            aria-label={`Pin ${meta.name}`} onClick={() => void pin(meta.id, !pinned)}><Icon node={Star} /></button>
          <IconButton icon={Pencil} label={`Rename ${meta.name}`} onClick={() => setRenaming(true)} />
          <IconButton icon={Trash2} label={`Delete ${meta.name}`} onClick={() => removeLater(meta)} />
        </div>
      )}
    </li>
  );
}

function NameEditor({ meta, onDone }: { meta: RenderMeta; onDone: () => void }) {
  const [name, setName] = useState(meta.name);
  const save = (): void => {
    onDone();
    const trimmed = name.trim();
    if (trimmed !== '' && trimmed !== meta.name) void rename(meta.id, trimmed);
  };
  return (
    <form class="row grow" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <input class="input grow" value={name} maxLength={200} autofocus aria-label="New name"
        onInput={(event) => setName(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && onDone()} />
      <button type="submit" class="button icon-only" aria-label="Save name"><Icon node={Check} /></button>
      <button type="button" class="button icon-only" aria-label="Keep old name" onClick={onDone}><Icon node={X} /></button>
    </form>
  );
}

function facts({ createdAt, durationSec, summary, createdBy }: RenderMeta): string {
  const voice = summary.preset === undefined ? undefined : presetById(summary.preset)?.name ?? summary.preset;
  const when = new Date(createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return [when, `${durationSec.toFixed(1)} s`, voice, createdBy].filter((part) => part !== undefined).join(' · ');
}
