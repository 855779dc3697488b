import type { Preset } from '../wire/types.ts';

/** Description and tags of a voice; room for them while they load, so that what is below stays where it is. */
export function VoiceCard({ preset }: { preset: Preset | undefined }) {
  const tags = preset?.tags ?? [];
  const description = preset?.description ?? '';
  return (
    <div class="voice-card">
      {description !== '' && <p class="hint">{description}</p>}
      {tags.length > 0 && <p class="row">{tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}</p>}
    </div>
  );
}
