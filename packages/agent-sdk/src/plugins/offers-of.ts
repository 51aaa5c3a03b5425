// What an author wrote → what is offered behind `invoke`.
import { CallError } from "../calls/call-error.ts";
import { fieldsIn, type Method, type Offers } from "../calls/offers.ts";
import type { Command, ConfigCheck, ConfigVerdict, Message, PluginHooks } from "./hooks.ts";

/** The interfaces of the hooks that are there, beside those in `own`. */
export function offersOf(
  options: PluginHooks & { readonly configSchema?: object | undefined },
  own: Offers = {},
): Offers {
  const { onMessage, onCommand, onQuery, archive, restore, config, configSchema } = options;
  const artifact = {
    ...(archive === undefined
      ? {}
      : { archive: ((params, context) => archive(fieldsIn(params)["selection"], context)) as Method }),
    ...(restore === undefined
      ? {}
      : { restore: ((params, context) => restore(textIn(params, "archive_id"), context)) as Method }),
  };
  return {
    ...own,
    ...(onMessage === undefined ? {} : { message_handler: messageHandler(onMessage) }),
    ...(onCommand === undefined ? {} : { command: commands(onCommand) }),
    ...(onQuery === undefined ? {} : { data_provider: dataProvider(onQuery) }),
    ...(Object.keys(artifact).length === 0 ? {} : { artifact: { ...own.artifact, ...artifact } }),
    ...(config === undefined ? {} : { config: configuration(config.schema ?? configSchema, config.validate) }),
  };
}

function messageHandler(given: NonNullable<PluginHooks["onMessage"]>): Record<string, Method> {
  const { types, confidence = () => 1, handle } = typeof given === "function" ? { handle: given } : given;
  const messageIn = (params: unknown) => {
    const { message = params } = fieldsIn(params);
    return fieldsIn(message) as unknown as Message;
  };
  return {
    can_handle(params) {
      const message = messageIn(params);
      return types !== undefined && !types.includes(message.type) ? 0 : confidence(message);
    },
    handle_message: (params, context) => handle(messageIn(params), context),
    ...(types === undefined ? {} : { supported_types: () => types }),
  };
}

function commands(given: NonNullable<PluginHooks["onCommand"]>): Record<string, Method> {
  const argsIn = (params: unknown) => {
    const { args = [] } = fieldsIn(params);
    if (Array.isArray(args)) return args.map(String);
    throw new CallError("invalid-params", "args is a list of texts");
  };
  if (typeof given === "function") {
    return {
      list: () => [],
      execute: (params, context) => given(textIn(params, "name"), argsIn(params), context),
    };
  }
  return {
    list: () => Object.entries(given).map(([name, { description = "", args = [] }]) => ({ name, description, args })),
    execute(params, context) {
      const name = textIn(params, "name");
      const command: Command | undefined = Object.hasOwn(given, name) ? given[name] : undefined;
      if (command !== undefined) return command.run(argsIn(params), context);
      const known = Object.keys(given).join(", ");
      throw new CallError("unknown-command", `no command ${JSON.stringify(name)}; there is ${known}`);
    },
  };
}

function dataProvider(given: NonNullable<PluginHooks["onQuery"]>): Record<string, Method> {
  if (typeof given === "function") {
    return {
      sources: () => [],
      query: (params, context) => given(textIn(params, "source_id"), fieldsIn(params)["query"], context),
    };
  }
  const { sources, query } = given;
  const listed = sources.map((source) => (typeof source === "string" ? { id: source } : source));
  return {
    sources: () => listed,
    query(params, context) {
      const id = textIn(params, "source_id");
      if (listed.some((source) => source.id === id)) return query(id, fieldsIn(params)["query"], context);
      const known = listed.map((source) => source.id).join(", ");
      throw new CallError("unknown-source", `no source ${JSON.stringify(id)}; there is ${known}`);
    },
  };
}

function configuration(schema: object | undefined, validate: ConfigCheck | undefined): Record<string, Method> {
  return {
    ...(schema === undefined ? {} : { schema: () => schema }),
    ...(validate === undefined
      ? {}
      : {
          async validate(params, context) {
            return verdict(await validate(fieldsIn(fieldsIn(params)["config"]), context));
          },
        }),
  };
}

function verdict(said: ConfigVerdict) {
  if (said === false) return { ok: false, problems: ["the settings are not accepted"] };
  const problems = said === undefined || said === null || said === true ? [] : [said].flat();
  return { ok: problems.length === 0, problems };
}

/** A text among the params; throws `invalid-params` without it. */
function textIn(params: unknown, name: string): string {
  const value = fieldsIn(params)[name];
  if (typeof value === "string") return value;
  throw new CallError("invalid-params", `${name} is missing or no text`);
}
