const FLOOR_DB = -60;

/** A peak level; amber above -6 dBFS, red above -1. */
export function LevelBar({ label, dbfs }: { label: string; dbfs: number | undefined }) {
  const share = dbfs === undefined ? 0 : Math.min(1, Math.max(0, 1 - dbfs / FLOOR_DB));
  const tone = dbfs !== undefined && dbfs > -1 ? 'bad' : dbfs !== undefined && dbfs > -6 ? 'warn' : 'ok';
  return (
    <div class={`bar ${tone}`} role="meter" aria-label={label} aria-valuemin={FLOOR_DB} aria-valuemax={0} aria-valuenow={Math.max(FLOOR_DB, dbfs ?? FLOOR_DB)}
      aria-valuetext={dbfs === undefined ? 'silent' : `${dbfs.toFixed(1)} dBFS`}>
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
