import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Dialog } from './Dialog.tsx';

interface Question {
  readonly title: string;
  readonly label: string;
  readonly hint?: string;
  readonly initial: string;
  readonly action: string;
  readonly maxLength: number;
  readonly answer: (text: string | undefined) => void;
}

const question = signal<Question | undefined>(undefined);

/** Asks for a line of text. Resolves to undefined when the user closes the dialog. */
export function ask(asked: Omit<Question, 'answer'>): Promise<string | undefined> {
  question.value?.answer(undefined);
  return new Promise((resolve) => {
    question.value = {
      ...asked,
      answer: (text) => {
        question.value = undefined;
        resolve(text);
      },
    };
  });
}

/** The one place that shows questions of `ask`. */
export function AskDialog() {
  const asked = question.value;
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={asked?.title ?? ''} open={asked !== undefined} onClose={() => question.value?.answer(undefined)}>
      {asked !== undefined && (
        <form onSubmit={(event) => { event.preventDefault(); asked.answer(input.current?.value.trim() ?? ''); }}>
          <label class="field">
            <span class="field-label">{asked.label}</span>
            <input ref={input} class="input" id="ask-input" autofocus maxLength={asked.maxLength}
              defaultValue={asked.initial} />
          </label>
          {asked.hint !== undefined && <p class="hint">{asked.hint}</p>}
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => asked.answer(undefined)}>Cancel</button>
            <button type="submit" class="button primary">{asked.action}</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
