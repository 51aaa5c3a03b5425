// A spider: spins webs, walks to the flies in them, and says how long a node took it. Nobody needs one; all manners apply.
import { setImmediate as otherWork } from "node:timers/promises";
import { defineAgent, h, sparkline } from "@mimolo/agent-sdk";
import { dice, draw, spin, travel } from "./web.mjs";

/** A frame is what it does at a stretch; whoever else wants the process comes between two. */
const NODES_A_FRAME = 8;
const FRAMES_A_SAMPLE = 4;

const clock = () => performance.now() * 1000;
const lately = [];
let roll;
let pictureMs = Number.NEGATIVE_INFINITY;
let web;
let walk;
let spent = 0;
let worst = 0;

/** The next web, with the spider at its rim and a fly somewhere. */
function begin() {
  web = spin(Math.floor(roll() * 2 ** 32));
  const somewhere = () => Math.floor(roll() * web.nodes.length);
  walk = travel(web, web.nodes.length - 1, somewhere());
}

/** One node; gives the way once the fly is reached. */
function step() {
  const beganUs = clock();
  const { done, value } = walk.next();
  const tookUs = clock() - beganUs;
  spent += tookUs;
  worst = Math.max(worst, tookUs);
  return done ? value : null;
}

await defineAgent({
  id: "example.spider-agent",
  version: "1.0.0",
  artifacts: true,
  sampleEverySeconds: 10,
  onInitialize: ({ context }) => {
    roll = dice(Number(context.config.seed ?? Date.now()));
    begin();
  },
  sample: async ({ count, context }) => {
    const { picture_every_s: everySeconds = 3600 } = context.config;
    let nodes = 0;
    let flies = 0;
    for (let frame = 0; frame < FRAMES_A_SAMPLE; frame++) {
      for (let node = 0; node < NODES_A_FRAME; node++) {
        const caught = step();
        nodes += 1;
        if (caught === null) continue;
        flies += 1;
        if (performance.now() - pictureMs >= everySeconds * 1000) {
          pictureMs = performance.now();
          const bytes = Buffer.from(draw(web, caught.way));
          await context.artifacts.store({
            bytes,
            mime: "image/svg+xml",
            extension: "svg",
            retentionClass: "ephemeral",
          });
        }
        begin();
      }
      await otherWork();
    }
    return [count("nodes", nodes), count("flies", flies)];
  },
  summarize: ({ counts }) => {
    const average = counts.nodes > 0 ? spent / counts.nodes : 0;
    const data = { ...counts, average_node_us: round(average), worst_node_us: round(worst) };
    lately.push(average);
    if (lately.length > 30) lately.shift();
    spent = 0;
    worst = 0;
    return { data, activity: "passive" };
  },
  widget: () =>
    h(
      "div",
      "mml-stack",
      h("p", null, h("span", "mml-number", round(lately.at(-1) ?? 0)), h("span", "mml-unit", " µs a node")),
      sparkline(lately, "Time a node took the spider, oldest first"),
      h("p", "mml-muted", `A web of ${web?.nodes.length ?? 0} nodes`),
    ),
}).run();

function round(value) {
  return Math.round(value * 10) / 10;
}
