import type { Preset } from '../wire/types.ts';

/** Description and tags of a voice. */
export function VoiceCard({ preset }: { preset: Preset | undefined }) {
  if (preset === undefined) return null;
  const tags = preset.tags ?? [];
  return (
    <div class="voice-card">
      {preset.description !== undefined && preset.description !== '' && <p class="hint">{preset.description}</p>}
      {tags.length > 0 && <p class="row">{tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}</p>}
    </div>
  );
}
