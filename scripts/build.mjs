// `npm run build`: everything that is published, types included.
import { setup } from "./setup.mjs";

await setup({ types: true });
