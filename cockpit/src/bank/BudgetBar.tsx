import { budget } from './store.ts';

const MEBIBYTE = 1_048_576;

/** How full the store is: amber from 70 %, red from 90 %. */
export function BudgetBar() {
  const now = budget.value;
  if (now === undefined) return <div class="budget" />;
  const share = now.utilizationFraction;
  const tone = share >= 0.9 ? 'bad' : share >= 0.7 ? 'warn' : 'ok';
  const percent = Math.round(share * 100);
  return (
    <div class="budget" id="budget">
      <span class="field-label">
        Storage<output>{size(now.usedBytes)} of {size(now.storeBudgetBytes)} · {percent} %</output>
      </span>
      <div class={`bar ${tone}`} role="progressbar" aria-label="Storage used" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.min(100, percent)}>
        <span style={{ width: `${Math.min(100, share * 100)}%` }} />
      </div>
    </div>
  );
}

function size(bytes: number): string {
  const mebibytes = bytes / MEBIBYTE;
  return mebibytes >= 1024 ? `${(mebibytes / 1024).toFixed(1)} GiB` : `${mebibytes.toFixed(mebibytes < 10 ? 1 : 0)} MiB`;
}
