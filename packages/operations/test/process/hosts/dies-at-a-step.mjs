// Changes what is installed (from the build) and is killed in the middle of its STEPth call that changes the disk. A version on
// trial "runs" by writing its digest into the file RAN. Says "done" when it got through.
// usage: dies-at-a-step.mjs DATA_DIR STEP RAN (install PACKAGE healthy|broken|never | remove ID)
import { writeFileSync } from "node:fs";
import { dieAt, live } from "./dying-disk.mjs";
import { withTrustDesk } from "@mimolo/operations/trust";

const [root, steps, ran, verb, what, how] = process.argv.slice(2);

async function tries(trial) {
  writeFileSync(ran, trial.to.digest);
  return how === "broken" ? "it is broken" : await trial.hold();
}

/** Only the steps of the change itself count. */
async function work(desk) {
  dieAt(Number(steps));
  const by = "cli";
  const change =
    verb === "remove" ? desk.remove({ pluginId: what, by }) : desk.install({ path: what, grants: "all", by });
  await change.finally(live);
}

await withTrustDesk(root, work, how === "never" ? {} : { trial: tries }).catch((error) => {
  if (error.code !== "rolled-back") throw error;
});
process.stdout.write("done\n");
