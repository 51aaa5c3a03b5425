import { journal } from "./journal.mjs";

await journal.run();
