/** An SVG path through the values, oldest at the left; `null` lifts the pen, a lone value is a short dash. */
export function sparklinePath(
  values: readonly (number | null)[],
  { width, height, top }: { readonly width: number; readonly height: number; readonly top: number },
): string {
  const gap = values.length > 1 ? width / (values.length - 1) : width;
  let path = "";
  let isDown = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isDown = false;
      continue;
    }
    const x = round(index * gap);
    const y = round(height - 1 - (Math.max(0, value) / top) * (height - 2));
    path += isDown ? `L${x} ${y}` : `M${x} ${y}h1`;
    isDown = true;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
