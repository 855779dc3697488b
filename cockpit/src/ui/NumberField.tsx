import { useId } from 'preact/hooks';
import { useDraft } from './use-draft.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number | 'any';
  readonly onCommit: (value: number) => void;
}

/** A number that is taken over when it is whole: on Enter or when the field is left. Out of range is pulled to the bound. */
export function NumberField({ label, value, min, max, step = 1, onCommit }: NumberFieldProps) {
  const id = useId();
  const draft = useDraft(String(value));
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <input id={id} class="input" type="number" min={min} max={max} step={step} value={draft.text}
        onInput={draft.type} onBlur={draft.done}
        onChange={(event) => {
          const typed = event.currentTarget.valueAsNumber;
          if (Number.isFinite(typed)) onCommit(Math.min(max, Math.max(min, typed)));
          draft.done();
        }} />
    </div>
  );
}
