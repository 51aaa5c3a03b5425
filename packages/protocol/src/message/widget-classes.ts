// What a widget may look like: classes that every page defines, and no style of its own.

const LAYOUT = ["card", "stack", "row", "grid", "spread", "fill", "right", "center"] as const;
const TEXT = [
  "title",
  "subtitle",
  "text",
  "muted",
  "small",
  "strong",
  "mono",
  "truncate",
  "number",
  "unit",
  "label",
  "value",
  "caption",
] as const;
const TONES = ["ok", "warn", "bad", "accent"] as const;
const PARTS = ["badge", "list", "table", "image", "meter", "bar", "sparkline"] as const;
/** A bar fills its `mml-meter` in steps of five percent. */
const BAR_STEPS = Array.from({ length: 21 }, (_, step) => `mml-bar-${step}` as const);
/** A column of an `mml-sparkline` is so many tenths high. */
const SPARKLINE_STEPS = Array.from({ length: 11 }, (_, step) => `mml-sparkline-${step}` as const);

const prefixed = <Name extends string>(name: Name) => `mml-${name}` as const;

/** Every class that counts in a widget; others are left out when it is drawn. */
export const WIDGET_CLASSES = [
  ...[...LAYOUT, ...TEXT, ...TONES, ...PARTS].map(prefixed),
  ...BAR_STEPS,
  ...SPARKLINE_STEPS,
] as const;
export type WidgetClass = (typeof WIDGET_CLASSES)[number];
