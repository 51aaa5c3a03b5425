// Wheel, one finger, two fingers, and a brush: what they mean on a drawing of time. Screen positions are pixels from its left.

export interface Gestures {
  /** `factor` below 1: nearer. */
  zoom(factor: number, x: number): void;
  /** So far the drawing was pushed to the right. */
  pan(px: number): void;
  brush(fromX: number, toX: number, isDone: boolean): void;
  /** Pressed and let go in one place. */
  tap(x: number): void;
  hover(x: number | null): void;
}

/** Less than this is no drag. */
const STILL_PX = 4;

/** Listens on an element until the function it returns is called. */
export function gesturesOn(element: HTMLElement | SVGElement, heard: Gestures): () => void {
  const pointers = new Map<number, number>();
  const off = new AbortController();
  const { signal } = off;
  let startX = 0;
  let isBrush = false;
  let hasMoved = false;
  const xOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left;

  const on = (
    type: "pointerdown" | "pointermove" | "pointerup" | "pointercancel" | "pointerleave",
    listener: (event: PointerEvent) => void,
  ) => element.addEventListener(type, listener as EventListener, { signal });

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, xOf(event));
    element.setPointerCapture(event.pointerId);
    [startX, isBrush, hasMoved] = [xOf(event), event.shiftKey, pointers.size > 1];
  });
  on("pointermove", (event) => {
    const x = xOf(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined) return heard.hover(x);
    if (!hasMoved && Math.abs(x - startX) < STILL_PX) return;
    hasMoved = true;
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId);
    pointers.set(event.pointerId, x);
    heard.hover(null);
    if (other !== undefined) {
      const apart = Math.max(24, Math.abs(x - other[1]));
      heard.zoom(Math.max(24, Math.abs(before - other[1])) / apart, (x + other[1]) / 2);
      heard.pan((x - before) / 2);
    } else if (isBrush) heard.brush(startX, x, false);
    else heard.pan(x - before);
  });
  on("pointerup", (event) => {
    if (!pointers.delete(event.pointerId)) return;
    if (!hasMoved) heard.tap(xOf(event));
    else if (isBrush) heard.brush(startX, xOf(event), true);
  });
  on("pointercancel", (event) => pointers.delete(event.pointerId));
  on("pointerleave", () => heard.hover(null));
  wheelOn(element, heard, signal);
  return () => off.abort();
}

/** The wheel alone, for what has clicks of its own. */
export function wheelOn(
  element: HTMLElement | SVGElement,
  heard: Pick<Gestures, "zoom" | "pan">,
  signal: AbortSignal,
): void {
  const turned = (event: WheelEvent) => {
    const { deltaX, deltaY, deltaMode, shiftKey, clientX } = event;
    const isSideways = Math.abs(deltaX) > Math.abs(deltaY);
    const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    event.preventDefault();
    if (isSideways || shiftKey) heard.pan(-unit * (isSideways ? deltaX : deltaY));
    else {
      const factor = Math.exp(Math.max(-240, Math.min(240, unit * deltaY)) * 0.0025);
      heard.zoom(factor, clientX - element.getBoundingClientRect().left);
    }
  };
  element.addEventListener("wheel", turned as EventListener, { signal, passive: false });
}
