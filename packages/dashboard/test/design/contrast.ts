import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Red, green and blue, 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A source file of the page, by its path from there. */
export function sourceOf(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../src/page/${path}`, import.meta.url)), "utf8");
}

const indigo = createRequire(import.meta.url).resolve("open-props/indigo.min.css");
const root = sourceOf("design/tokens.css").split("@media", 1)[0] ?? "";
const written = new Map(
  [...`${readFileSync(indigo, "utf8")};${root}`.matchAll(/--([\w-]+):\s*([^;}]+)/gu)].map(
    ([, name = "", value = ""]) => [name, value],
  ),
);

/** What a token is in a theme; of a half transparent one, what it makes of the `ground` below it. */
export function tokenIn(theme: Theme, name: string, ground?: Colour): Colour {
  const value = written.get(name);
  if (value === undefined) throw new Error(`there is no --${name}`);
  const [, light = value, dark = value] = /^light-dark\((.+?), ((?:#|rgb|var).+)\)$/u.exec(value) ?? [];
  const said = theme === "light" ? light : dark;
  const other = /^var\(--([\w-]+)\)$/u.exec(said)?.[1];
  if (other !== undefined) return tokenIn(theme, other, ground);
  if (said.startsWith("#")) return hexColour(said);
  const thin = /^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/u.exec(said);
  if (thin === null || ground === undefined) throw new Error(`--${name} is ${said}`);
  const [, red, green, blue, percent] = thin.map(Number);
  return mixed(ground, channels([red, green, blue] as number[]), (percent ?? 0) / 100);
}

/** `#rgb` or `#rrggbb`. */
export function hexColour(hex: string): Colour {
  const digits = /^#(?:[\da-f]{3}){1,2}$/u.exec(hex)?.[0].slice(1);
  if (digits === undefined) throw new Error(`${hex} is no colour`);
  const whole = digits.length === 3 ? digits.replaceAll(/./gu, "$&$&") : digits;
  return channels((whole.match(/../gu) ?? []).map((channel) => Number.parseInt(channel, 16)));
}

/** `share` of `over` on `below`, as a half transparent fill has it. */
export function mixed(below: Colour, over: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2) => below[index] * (1 - share) + over[index] * share;
  return [at(0), at(1), at(2)];
}

/** How far two colours are apart to the eye, 1 to 21, as WCAG 2 reckons it. */
export function contrastOf(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red as number) + 0.7152 * (green as number) + 0.0722 * (blue as number);
}

function channels([red = 0, green = 0, blue = 0]: readonly number[]): Colour {
  return [red / 255, green / 255, blue / 255];
}
