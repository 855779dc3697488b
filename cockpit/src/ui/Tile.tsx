export type Tone = 'ok' | 'warn' | 'bad' | 'plain';

export function Tile({ label, value, tone = 'plain', id }: { label: string; value: string; tone?: Tone; id?: string }) {
  return (
    <div class={`tile ${tone}`} {...(id === undefined ? {} : { id })}>
      <dt>{label}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
}
