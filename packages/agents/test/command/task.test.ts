import { expect, test } from "vitest";
import { readTask } from "../../src/command/task.ts";

const task = {
  as: "lines",
  executable: "/bin/c",
  args: [],
  files: [],
  inherited: 0,
  wrapped: false,
  name: "./c",
} as const;

test("a task comes as it was handed over; what is none says so", () => {
  expect(readTask(JSON.stringify(task))).toEqual(task);
  expect(readTask(JSON.stringify({ ...task, as: "nagois" }))).toBe("MIMOLO_COMMAND is no task");
  expect(readTask(undefined)).toMatch(/^no command was given/);
});

test("a name that no line has room for is cut; what is run is not", () => {
  const long = "x".repeat(50_000);
  expect(readTask(JSON.stringify({ ...task, name: long, args: [long] }))).toEqual({
    ...task,
    name: `${"x".repeat(999)}…`,
    args: [long],
  });
});
