// Answers messages of the type `lookup`. It is surer of words it knows, so that another glossary may know the others.
import { CallError, defineAgent } from "@mimolo/agent-sdk";

const WORDS = {
  evidence: "what was observed, and kept so that nobody can change it unseen",
  segment: "a stretch of work: it begins with the first sign of it and ends after five quiet minutes",
};

/** The words this one knows: its own, and those of its settings. */
let words = WORDS;

await defineAgent({
  id: "example.glossary",
  version: "1.0.0",
  onInitialize: ({ context }) => {
    words = { ...WORDS, ...context.config.words };
  },
  onMessage: {
    types: ["lookup"],
    confidence: ({ content }) => (Object.hasOwn(words, content?.word) ? 0.9 : 0.1),
    handle: ({ content, from }, { log }) => {
      log.debug(`${from} asked for a word`);
      if (Object.hasOwn(words, content?.word)) return { word: content.word, meaning: words[content.word] };
      throw new CallError("unknown-word", `nobody here knows ${JSON.stringify(content?.word)}`);
    },
  },
  summarize: () => ({ data: { words: Object.keys(words).length }, activity: "passive" }),
}).run();
