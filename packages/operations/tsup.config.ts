import { library } from "../../tsup.base.ts";

export default library(["src/index.ts", "src/reading/index.ts", "src/trust/index.ts"]);
