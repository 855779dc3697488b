/** Measuring is slow, and the same few words and symbols are measured with every frame. */
const widths = new Map<string, number>();
const MOST_KNOWN = 5000;

/** Width of a text in the context's font, in px. */
export function textWidth(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size >= MOST_KNOWN) widths.clear();
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
}
