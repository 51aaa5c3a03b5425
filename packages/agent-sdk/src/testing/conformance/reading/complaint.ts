// What a program says on stderr before it ends, in one line: the error, and where it stands.

const MOST_OF_ERROR = 160;
/** The end of a long path tells more than its beginning. */
const MOST_OF_PLACE = 120;
const PYTHON_FRAME = /^\s+File "(.+)", line (\d+)/;
/** Frames of Python's own library are seldom what has to be mended. */
const LIBRARY = /^<|[\\/]lib[\\/]python\d/;
const NODE_PLACE = /^(?:file:\/\/)?(\/.+|[A-Za-z]:\\.+):(\d+)$/;
const NODE_ERROR = /^(?:Uncaught )?[A-Za-z]*(?:Error|Exception)\b.*:/;
const NODE_END = /^Node\.js v\d/;

/** The last line, and before it the last place of a Python traceback or the first of a Node one; empty where nothing was written. */
export function complaintIn(lines: readonly string[]): string {
  const written = lines.filter((line) => line.trim() !== "");
  const last = written.at(-1)?.trim() ?? "";
  if (NODE_END.test(last)) return nodeComplaint(written) ?? last;
  const frames = written.flatMap((line) => {
    const [, file, number] = PYTHON_FRAME.exec(line) ?? [];
    return file === undefined || number === undefined ? [] : [{ file, number }];
  });
  const frame = frames.findLast(({ file }) => !LIBRARY.test(file)) ?? frames.at(-1);
  const error = last.slice(0, MOST_OF_ERROR);
  return frame === undefined ? error : `${ending(frame.file)}, line ${frame.number}: ${error}`;
}

function nodeComplaint(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => NODE_PLACE.test(line));
  const error = lines.slice(at + 1).find((line) => NODE_ERROR.test(line));
  if (error === undefined) return undefined;
  const [, file, number] = NODE_PLACE.exec(lines[at] ?? "") ?? [];
  const text = error.trim().slice(0, MOST_OF_ERROR);
  return file === undefined || number === undefined ? text : `${ending(file)}, line ${number}: ${text}`;
}

const ending = (path: string) => (path.length <= MOST_OF_PLACE ? path : `…${path.slice(-MOST_OF_PLACE)}`);
