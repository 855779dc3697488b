import { useId } from 'preact/hooks';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format?: (value: number) => string;
  readonly disabled?: boolean;
  readonly onInput: (value: number) => void;
  /** Called once when the hand lets go; for changes that go into the undo history or over the wire as one. */
  readonly onCommit?: (value: number) => void;
}

export function Slider({ label, value, min, max, step, format, disabled = false, onInput, onCommit }: SliderProps) {
  const id = useId();
  const text = format?.(value) ?? String(value);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
        <output for={id}>{text}</output>
      </label>
      <input id={id} class="slider" type="range" min={min} max={max} step={step} value={value} disabled={disabled}
        aria-valuetext={text}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
        onChange={(event) => onCommit?.(event.currentTarget.valueAsNumber)} />
    </div>
  );
}
