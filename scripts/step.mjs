// One line per step with its time; the output of a step is shown only when it fails.
const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/**
 * Runs `work`, which resolves to `{ code, output }`. Ends the process with that code when it is not 0.
 * @param {string} name what a newcomer reads while waiting
 */
export async function step(name, work) {
  const startedMs = performance.now();
  const terminal = process.stderr.isTTY === true;
  if (terminal) process.stderr.write(`  ${name} …`);
  const { code, signal, output = "" } = await work();
  const done = code === 0 ? "✓" : "✗";
  process.stderr.write(`${terminal ? "\r\u001b[2K" : ""}${done} ${name} (${seconds(startedMs)})\n`);
  if (code !== 0) {
    if (output) process.stderr.write(`${output.trimEnd()}\n`);
    process.exit(signal ? 130 : code);
  }
  return output;
}

export { seconds };
