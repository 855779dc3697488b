import { ChevronDown } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';

/** A part of a side panel that can be folded. Its content is only made while it is open. */
export function Section({ title, closed = false, children }: { title: string; closed?: boolean; children: ComponentChildren }) {
  const [open, setOpen] = useState(!closed);
  return (
    <section class="section">
      <h2>
        <button type="button" class="section-head" aria-expanded={open} onClick={() => setOpen(!open)}>
          {title}<Icon node={ChevronDown} />
        </button>
      </h2>
      {open && <div class="section-body">{children}</div>}
    </section>
  );
}
