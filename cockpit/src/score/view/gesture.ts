/** A press that moves less is a click, in pixels. */
export const DRAG_PX = 3;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Shows drafts while it runs and makes one edit when it ends. */
export interface Gesture {
  move(to: Point): void;
  end(): void;
  cancel(): void;
}
