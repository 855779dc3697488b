import { useState } from 'preact/hooks';

/**
 * What is typed into a field until it is taken over. A field that shows the state alone loses what was typed whenever the
 * page around it is drawn anew, in a jam ten times a second.
 */
export function useDraft(value: string) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  return {
    /** What the field shows. */
    text: draft ?? value,
    type: (event: { readonly currentTarget: HTMLInputElement }): void => setDraft(event.currentTarget.value),
    /** The field shows the state again. */
    done: (): void => setDraft(undefined),
  };
}
