import { library } from "../../tsup.base.ts";

export default library(["src/index.ts", "src/control-api/index.ts", "src/wire/index.ts"]);
