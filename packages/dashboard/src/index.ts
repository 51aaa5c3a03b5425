import { fileURLToPath } from "node:url";

/** The folder of the page's static files, for `createCollector({ page })`. The same from the sources and from the build: both lie
 *  one folder below the package's top. */
export const page: string = fileURLToPath(new URL("../dist/page/", import.meta.url));
