import type { RenderMeta } from '../wire/types.ts';

export const SORTS = [
  { value: 'newest', label: 'Newest' },
  { value: 'oldest', label: 'Oldest' },
  { value: 'name', label: 'Name' },
  { value: 'longest', label: 'Longest' },
] as const;
export type SortKey = (typeof SORTS)[number]['value'];

const COMPARE: Record<SortKey, (a: RenderMeta, b: RenderMeta) => number> = {
  newest: (a, b) => b.createdAt.localeCompare(a.createdAt),
  oldest: (a, b) => a.createdAt.localeCompare(b.createdAt),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  longest: (a, b) => b.durationSec - a.durationSec,
};

/** What the search finds (in name, voice, maker and hashes), the last render first, then what is pinned, then by the key. */
export function arrange(renders: readonly RenderMeta[], search: string, key: SortKey): RenderMeta[] {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const rank = (meta: RenderMeta): number => (meta.id === 'last' ? 0 : meta.pinned === true ? 1 : 2);
  return renders.filter((meta) => {
    const text = `${meta.name} ${meta.summary.preset ?? ''} ${meta.createdBy ?? ''} ${meta.commit} ${meta.scoreHash} ${meta.wavHash}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }).sort((a, b) => rank(a) - rank(b) || COMPARE[key](a, b));
}
