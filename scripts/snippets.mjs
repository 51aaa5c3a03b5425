// Programs shown in docs are real files: a fence after `<!-- file: PATH -->` is that file. `--check` fails on a difference.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./pnpm.mjs";

const fence = /<!-- file: (\S+) -->\n```(\w+)\n[\s\S]*?```/g;
const check = process.argv.includes("--check");
const markdown = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"), { recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
  ...["packages", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`),
  ),
].filter((file) => existsSync(join(root, file)));

let stale = 0;
for (const file of markdown) {
  const text = readFileSync(join(root, file), "utf8");
  const synced = text.replace(fence, (_whole, path, language) => {
    const source = readFileSync(join(root, path), "utf8").trimEnd();
    return `<!-- file: ${path} -->\n\`\`\`${language}\n${source}\n\`\`\``;
  });
  if (synced === text) continue;
  stale++;
  if (check) console.error(`${file} shows a program that differs from its file; run: node scripts/snippets.mjs`);
  else writeFileSync(join(root, file), synced);
}
process.exit(check && stale > 0 ? 1 : 0);
