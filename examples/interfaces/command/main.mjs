// A list of what is to be done, kept in the plugin's own folder: `mimolo x <plugin> add …`, `list`, `done N`.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CallError, defineAgent } from "@mimolo/agent-sdk";

const fileOf = ({ dataDir }) => join(dataDir ?? ".", "backlog.json");
const read = async (context) => JSON.parse(await readFile(fileOf(context), "utf8").catch(() => "[]"));
const write = (context, items) => writeFile(fileOf(context), JSON.stringify(items));

/** Commands come one by one or all at once; the list is read and written by one at a time. */
let turn = Promise.resolve();
const inTurn = (change) => (args, context) => {
  const mine = turn.then(async () => {
    const items = await read(context);
    const said = change(items, args);
    await write(context, items);
    return said;
  });
  turn = mine.catch(() => {});
  return mine;
};

await defineAgent({
  id: "example.backlog",
  version: "1.0.0",
  onCommand: {
    add: {
      description: "Puts something on the list",
      args: ["WORDS…"],
      run: inTurn((items, words) => `${items.push(words.join(" "))}. ${words.join(" ")}`),
    },
    list: {
      description: "Shows the list",
      run: async (_args, context) => (await read(context)).map((item, index) => `${index + 1}. ${item}`).join("\n"),
    },
    done: {
      description: "Takes something off the list",
      args: ["NUMBER"],
      run: inTurn((items, [number]) => {
        const [item] = items.splice(Number(number) - 1, 1);
        if (item === undefined) throw new CallError("no-such-item", `there is no number ${number}`);
        return `done: ${item}`;
      }),
    },
  },
  summarize: () => ({ data: {}, activity: "passive" }),
}).run();
