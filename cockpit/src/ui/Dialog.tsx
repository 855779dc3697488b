import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './Icon.tsx';

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/** A modal on the browser's own dialog element, which brings focus trap, Escape and the inert background. */
export function Dialog({ title, open, onClose, wide = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  /** The browser tells of a close later, when the dialog may be wanted again: what was closed here is no one's wish. */
  const closedHere = useRef(0);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) {
      closedHere.current += 1;
      dialog.close();
    }
  }, [open]);
  const closed = (): void => {
    if (closedHere.current > 0) closedHere.current -= 1;
    else onClose();
  };
  return (
    <dialog ref={element} class={wide ? 'dialog wide' : 'dialog'} aria-labelledby={titleId} onClose={closed}
      onMouseDown={(event) => event.target === element.current && onClose()}>
      {open && (
        <>
          <div class="dialog-head">
            <h2 id={titleId}>{title}</h2>
            <button type="button" class="button quiet icon-only" aria-label="Close" title="Close (Esc)" onClick={onClose}>
              <Icon node={X} />
            </button>
          </div>
          {children}
        </>
      )}
    </dialog>
  );
}
