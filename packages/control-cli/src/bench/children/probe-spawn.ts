import { nodeSpawn, type Spawn } from "@mimolo/supervisor";

/** A spawn that watches the agent `label`, whose heartbeats say when they were written: `heard` gets the delay from then
 *  until `handled` counts their line. */
export function probeSpawn(label: string, handled: () => number, heard: (delayMs: number) => void): Spawn {
  return (request, events) => {
    if (request.environment["MIMOLO_AGENT_LABEL"] !== label) return nodeSpawn(request, events);
    let lines = 0;
    const settle = (line: number, sentUs: number) => {
      if (handled() < line) setImmediate(settle, line, sentUs);
      else heard(Number(process.hrtime.bigint() / 1000n) / 1000 - sentUs / 1000);
    };
    return nodeSpawn(request, {
      ...events,
      stdout(chunk) {
        const written = Buffer.from(chunk).toString("latin1").split("\n").slice(0, -1);
        events.stdout(chunk);
        for (const line of written) {
          const [, sentUs] = /"sent_us":(\d+)/.exec(line) ?? [];
          lines += 1;
          if (sentUs !== undefined) settle(lines, Number(sentUs));
        }
      },
    });
  };
}
