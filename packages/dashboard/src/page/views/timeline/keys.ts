/** What keys do in a drawing of time. */
export interface Keyed {
  /** By so much of what is seen, later above 0. */
  pan(share: number): void;
  /** `factor` below 1: nearer, around the middle. */
  zoom(factor: number): void;
  /** The same around what is chosen. */
  jump(factor: number): void;
  step(direction: -1 | 1): void;
  today(): void;
  /** To the next or last segment. */
  turn(direction: -1 | 1): void;
  letGo(): void;
}

/** Takes a key that means something, so that the page does not scroll. */
export function keyed(event: KeyboardEvent, does: Keyed): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => does.pan(-0.2),
    ArrowRight: () => does.pan(0.2),
    ArrowUp: () => does.zoom(0.8),
    ArrowDown: () => does.zoom(1.25),
    "+": () => does.jump(0.5),
    "=": () => does.jump(0.5),
    "-": () => does.jump(2),
    PageUp: () => does.step(-1),
    PageDown: () => does.step(1),
    Home: () => does.today(),
    "[": () => does.turn(-1),
    "]": () => does.turn(1),
    Escape: () => does.letGo(),
  };
  const found = act[event.key];
  if (found === undefined) return;
  event.preventDefault();
  found();
}
