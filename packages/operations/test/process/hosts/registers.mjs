// Looks for plugins (with the build) in a data directory and a project, and says what it found.
// usage: registers.mjs DATA_DIR PROJECT
import { dataDirectory, registerHere } from "@mimolo/operations";

const [data, project] = process.argv.slice(2);
const began = performance.now();
const { plugins, problems } = registerHere({
  plans: [],
  builtins: [],
  directory: dataDirectory(data),
  paths: [`${project}/registry`],
  cwd: project,
});
const tookMs = performance.now() - began;
const confined = process.permission?.has("child") === false && !process.permission.has("fs.write");
process.stdout.write(JSON.stringify({ confined, tookMs, plugins: plugins.map(({ plugin_id: id }) => id), problems }));
