import { library } from "../../tsup.base.ts";

// Vite's part of the same folder stays.
export default library(["src/index.ts"], { clean: false, splitting: false });
