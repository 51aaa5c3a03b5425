// Every vitest file begins with this. `npm test` draws the same values each time, so that what lands is what was tested; what
// other values show is `npm run properties`' to find.
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.MIMOLO_SEED ?? 20_261_122) });
