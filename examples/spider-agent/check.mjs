// Asserts what README.md claims: webs hold together, ways are the shortest, and the spider keeps its manners under a real collector.
import assert from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { conforms } from "../check-conform.mjs";
import { underCollector } from "../drive-collector.mjs";
import { draw, spin, travel } from "./web.mjs";

const here = import.meta.dirname;
websHoldTogether();
await conforms([process.execPath, "main.mjs"], { cwd: here, settings: { seed: 7 } });
await underCollector({ here, files: ["main.mjs", "web.mjs"], label: "spider", prepare: hurry }, async (run) => {
  let summary;
  await run.until("a fly is caught", async () => {
    summary = await run.next(() => {});
    return summary.flies > 0;
  });
  assert.ok(summary.average_node_us > 0 && summary.average_node_us <= summary.worst_node_us);
  assert.deepEqual(summary.activity_signal, { mode: "passive", keep_alive: null });
  const pictures = (await run.summaries()).flatMap(({ data }) => data.artifacts ?? []);
  assert.ok(pictures.length > 0, "there is a picture of a web");
  const [{ mime, bytes }] = pictures;
  assert.ok(mime === "image/svg+xml" && bytes > 1000);
  const { agents } = await run.asked("status");
  const [spider] = agents;
  assert.equal(spider.widget, true);
});
console.log("ok: webs hold together, a fly was caught, its web was kept");

function websHoldTogether() {
  for (let seed = 1; seed <= 30; seed++) {
    const web = spin(seed);
    assert.deepEqual(web, spin(seed), "a web is its seed's");
    const reached = new Set([0]);
    for (const index of reached) for (const other of web.nodes[index].next) reached.add(other);
    assert.equal(reached.size, web.nodes.length, `all of web ${seed} hangs together`);
    const walk = travel(web, web.nodes.length - 1, 1);
    let seen = 0;
    let last = walk.next();
    for (; !last.done; last = walk.next()) seen += 1;
    const { way, length } = last.value;
    assert.ok(seen >= way.length && seen <= web.nodes.length);
    for (let index = 1; index < way.length; index++) assert.ok(web.nodes[way[index - 1]].next.includes(way[index]));
    assert.ok(length <= shortest(web, web.nodes.length - 1, 1) + 1e-9, "no way is shorter");
    assert.match(draw(web, way), /^<svg .*<\/svg>\n$/s);
  }
}

/** The same by another way: lengths made shorter until none can be. */
function shortest({ nodes }, from, to) {
  const lengths = nodes.map((_, index) => (index === from ? 0 : Number.POSITIVE_INFINITY));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [index, node] of nodes.entries()) {
      for (const other of node.next) {
        const length = lengths[index] + Math.hypot(node.x - nodes[other].x, node.y - nodes[other].y);
        if (length >= lengths[other]) continue;
        lengths[other] = length;
        isChanged = true;
      }
    }
  }
  return lengths[to];
}

/** The same mimolo.toml, with a spider that does not rest. */
function hurry(folder) {
  symlinkSync(join(here, "node_modules"), join(folder, "node_modules"), "junction");
  const file = join(folder, "mimolo.toml");
  writeFileSync(file, `${readFileSync(file, "utf8")}poll_interval_s = 0.2\nseed = 7\n`);
}
