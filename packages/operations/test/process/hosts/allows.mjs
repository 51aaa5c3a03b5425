// Allows files on a data directory (from the build), one after the other, as a command does where no collector runs.
// usage: allows.mjs DATA_DIR FILE…
import { withTrustDesk } from "@mimolo/operations/trust";

const [root, ...paths] = process.argv.slice(2);
for (const path of paths) await withTrustDesk(root, (desk) => desk.allow({ path, by: "cli" }));
