// Embeds a collector in plain Node (from the build) and says which libraries it loaded: at rest, after a request, after a scrape.
// usage: loads.mjs DATA_DIR on|off
import { createRequire } from "node:module";
import { request } from "node:http";
import { createCollector } from "@mimolo/operations";

const [dataDir, control] = process.argv.slice(2);
const { cache } = createRequire(import.meta.url);
const libraries = () => {
  const names = Object.keys(cache).map((file) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]);
  return [...new Set(names)].filter((name) => name !== undefined).map((name) => name.replaceAll("\\", "/"));
};
const get = (socketPath, path) =>
  new Promise((resolve, reject) => {
    request({ socketPath, path: `/api/v1${path}` }, (reply) =>
      reply.resume().on("end", () => resolve(reply.statusCode)),
    )
      .on("error", reject)
      .end();
  });

const collector = await createCollector({ dataDir, control: control === "on" ? { port: 0 } : false });
await collector.start();
const told = { address: collector.address, http: collector.http, atRest: libraries() };
if (collector.address !== null) {
  told.health = await get(collector.address, "/health");
  told.asked = libraries();
  told.metrics = await get(collector.address, "/metrics");
  told.scraped = libraries();
}
await collector.stop();
process.stdout.write(`${JSON.stringify(told)}\n`);
