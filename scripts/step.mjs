// One line per step with its time; the output of a step is shown only when it fails.
const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/**
 * Runs `work`, which resolves to `{ code, output }`. Ends the process with that code when it is not 0.
 * @param {string} name what a newcomer reads while waiting
 */
export async function step(name, work) {
  return end(await told(name, work));
}

/**
 * Runs steps two at a time, in this order; resolves once all are done. When one fails no other begins, those that run are
 * waited for, and the process ends.
 * @param {readonly (readonly [name: string, work: () => Promise<any>])[]} steps
 */
export async function together(steps) {
  const waiting = [...steps];
  const failed = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined && failed.length === 0; next = waiting.shift()) {
      const result = await told(...next);
      if (result.code !== 0) failed.push(result);
    }
  };
  await Promise.all([lane(), lane()]);
  for (const { output } of failed.slice(1)) if (output) process.stderr.write(`${output.trimEnd()}\n`);
  if (failed[0] !== undefined) end(failed[0]);
}

/** What runs now, in the line that a terminal keeps for that. */
const running = new Set();

function show() {
  if (process.stderr.isTTY !== true) return;
  const names = [...running].join(", ");
  process.stderr.write(`\r\u001b[2K${names === "" ? "" : `  ${names} …`}`);
}

async function told(name, work) {
  const startedMs = performance.now();
  running.add(name);
  show();
  const result = await work();
  running.delete(name);
  if (process.stderr.isTTY === true) process.stderr.write("\r\u001b[2K");
  process.stderr.write(`${result.code === 0 ? "✓" : "✗"} ${name} (${seconds(startedMs)})\n`);
  show();
  return result;
}

function end({ code, signal, output = "" }) {
  if (code !== 0) {
    if (output) process.stderr.write(`${output.trimEnd()}\n`);
    process.exit(signal ? 130 : code);
  }
  return output;
}

export { seconds };
