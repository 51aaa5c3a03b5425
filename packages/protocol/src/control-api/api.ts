// Made from spec/openapi.json by scripts/write-control-api.mjs: edit the routes, not this file.

export interface paths {
  "/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Says that it is there. */
    get: operations["getHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/status": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The collector and every agent, as `mimolo status --json`. */
    get: operations["getStatus"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/shutdown": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stops every agent and the collector. */
    post: operations["shutDown"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/timeline": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Segments that touch a range of time, and the open one, as `mimolo timeline --json`. */
    get: operations["getTimeline"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/timeline/lanes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What each agent told of a range of time, at most 2,000 spans each.
     * @description What is shorter than `resolution_s` is not told apart; work shows however short it was.
     */
    get: operations["getLanes"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/timeline/days": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Work by the day, in the zone and with the day's begin of the configuration. */
    get: operations["getDays"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/agents": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every agent, configured or running. */
    get: operations["listAgents"];
    put?: never;
    /**
     * Adds an agent to the configuration and starts it.
     * @description The members beside `label` have the keys of `[plugins.<label>]`. Over TCP: of a plugin only; the first agent of a built-in one that asks for more than low risk is confirmed as in `POST /grants`, with `code`.
     */
    post: operations["addAgent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/agents/{label}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One agent. */
    get: operations["getAgent"];
    put?: never;
    post?: never;
    /** Takes an agent out of the configuration; its evidence stays. */
    delete: operations["removeAgent"];
    options?: never;
    head?: never;
    /**
     * Changes keys of `[plugins.<label>]`; null takes one out.
     * @description Over TCP not what it runs, `executable args as env cwd sandbox runtime plugin`, and no reference to a secret.
     */
    patch: operations["changeAgent"];
    trace?: never;
  };
  "/agents/{label}/start": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Starts an agent that is stopped or in quarantine. */
    post: operations["startAgent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/agents/{label}/stop": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stops an agent; it stays stopped until it is started. */
    post: operations["stopAgent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/agents/{label}/restart": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives an agent a fresh process. */
    post: operations["restartAgent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/agents/{label}/flush": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Asks an agent for a summary now. */
    post: operations["flushAgent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/config": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every value in effect, and who said so. */
    get: operations["getConfig"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Changes values of the collector, by section.
     * @description Over TCP only `monitor`, and not its folders; with a token of the scope admin `rules` and `privacy`, too.
     */
    patch: operations["changeConfig"];
    trace?: never;
  };
  "/agents/{label}/duplicate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Adds an agent with the settings of another. */
    post: operations["duplicateAgent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/evidence": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Committed records, in commit order. */
    get: operations["listEvidence"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/diagnostics": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What went on, oldest first, as `mimolo logs --json`. */
    get: operations["listDiagnostics"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/verify": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Checks every byte of both ledgers.
     * @description `repo`, a repository of this machine whose commits name heads, is taken over the socket only.
     */
    post: operations["verifyLedger"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/evidence/correct": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says how a stretch of time is to be read; it counts when it is answered. */
    post: operations["correctEvidence"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/evidence/erase": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes what a record says out of the ledger; that it was there stays provable. */
    post: operations["eraseEvidence"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/privacy/preview": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What rules would have done to the newest records; nothing is changed.
     * @description Without `rules` those in force are tried. The newest 20,000 records are looked at. Two at once, others are told to come again.
     */
    post: operations["previewPrivacy"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/keys": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The keyring: public parts. */
    get: operations["listKeys"];
    put?: never;
    /** Makes a signing key and pins it for its scope. */
    post: operations["makeKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/keys/trust": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Trusts somebody's key for a scope. */
    post: operations["trustKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/keys/{id}/revoke": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Trusts a key no more; what runs by it ends. */
    post: operations["revokeKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/allow": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Allows exactly the bytes that lie at a path now: a script, or a configuration. */
    post: operations["allow"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/capabilities": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a plugin can be given, and how risky that is. */
    get: operations["listCapabilities"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/grants": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who holds what. */
    get: operations["listGrants"];
    put?: never;
    /**
     * Gives a plugin or an allowed script capabilities.
     * @description Over TCP only to plugins whose verdict is `trusted`, and only with the code that the collector's terminal shows upon the first try: send the same again with it as `code`.
     */
    post: operations["grant"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/grants/revoke": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes capabilities back, all of them when none is named. */
    post: operations["revokeGrants"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/grants/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Takes one capability back. */
    delete: operations["revokeGrant"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every plugin known here, and what stands in its way.
     * @description `items` is a page; `plugins` and `problems` are whole, as `mimolo register --json` has them.
     */
    get: operations["listPlugins"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/status": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One plugin, what it holds, and the agents that run it. */
    get: operations["getPluginStatus"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Removes every installed version of a plugin; its evidence stays. */
    delete: operations["removePlugin"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/load": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Starts its agents until the collector ends. */
    post: operations["loadPlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/unload": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends its agents until it is loaded, or the collector starts again. */
    post: operations["unloadPlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/enable": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Switches a plugin on for good. */
    post: operations["enablePlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/disable": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Switches a plugin off for good. */
    post: operations["disablePlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/reload": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Starts its agents anew from the files that lie there now. */
    post: operations["reloadPlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/config": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every setting of a plugin in effect with its source, secrets as their references. */
    get: operations["getPluginConfig"];
    /**
     * Changes settings of a plugin for good; null takes a change back.
     * @description The body is the values themselves, or `{values, label?}` where `values` is an object and nothing else stands there: then only the agent of that label is changed.
     */
    put: operations["changePluginConfig"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/upgrade": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes another version of a plugin from the registries. */
    post: operations["upgradePlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/messages": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends a message to a plugin, or to whichever handles it best, and waits for its answer. */
    post: operations["sendMessage"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/invoke": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Asks a plugin, by its id or an agent's label, behind one of its interfaces. */
    post: operations["invokePlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/audit": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was allowed, refused and launched, oldest first. */
    get: operations["listAudit"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/rules": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every rule, and what became of it.
     * @description `items` is a page; `rules` are all of them, as `mimolo rules list --json` has them.
     */
    get: operations["listRules"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/rules/test": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What each rule would do at an event; nothing is done.
     * @description The body is `{event: {source, …}}`, or the event itself.
     */
    post: operations["testRules"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/stats": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What calls to a plugin came to ever since, and what its agents use now. */
    get: operations["getPluginStats"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/telemetry": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What every plugin did and used in a range of time. */
    get: operations["getTelemetry"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/login": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Trades a code for a token, valid for 30 days.
     * @description A code is good once, for five minutes. The token is said here only; its digest is what is kept.
     */
    post: operations["logIn"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/login/code": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes a code that can be traded for a token once. */
    post: operations["makeLoginCode"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/logout": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends the token it came with; over the socket, with `all`, every one that a code was traded for. */
    post: operations["logOut"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/reports/{kind}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A report; `plugin:ID` is what a plugin did, part by part. */
    get: operations["getReport"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/query": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Answers SQL over evidence. */
    post: operations["queryEvidence"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/widgets/{label}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What an agent shows of itself.
     * @description The last picture it drew, rebuilt from the allowlist. One that is older than the agent said it may be is asked for anew, and waited for 2 s; then the old one is answered, with the `problem`.
     */
    get: operations["getWidget"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/widgets/{label}/render": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Asks an agent to draw its widget anew. */
    post: operations["renderWidget"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/widgets/{label}/action": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tells an agent what was done in its widget.
     * @description `refresh` makes it look and flush just as a flush does. Answered when the agent has acknowledged it and what it brought to light is durable.
     */
    post: operations["actOnWidget"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/artifacts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Files that agents keep beside evidence, the newest first.
     * @description A page may be shorter than `limit` and not the last: go by `next_cursor`.
     */
    get: operations["listArtifacts"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/artifacts/token": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A token that opens the bytes of one artifact for five minutes. */
    post: operations["makeArtifactToken"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/artifacts/content/{token}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The bytes of an artifact, checked against the evidence before the first one is sent.
     * @description Pictures and plain text come as what they are, everything else as `application/octet-stream` to be kept. One that its agent put into an archive is refused as `archived_data_rehydrate_required` with its `archive_id`.
     */
    get: operations["getArtifactContent"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/artifacts/archive": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Has an agent put artifacts of its own into an archive. */
    post: operations["archiveArtifacts"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/artifacts/restore": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Has an agent take artifacts out of an archive again. */
    post: operations["restoreArtifacts"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/artifacts/purge/plan": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Says what a purge would take away; takes nothing away.
     * @description Good for ten minutes and one execution.
     */
    post: operations["planPurge"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/artifacts/purge/execute": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Takes away what a plan says, with consent and with an answer to the offer of an archive.
     * @description With `archive: true` the agents put everything into archives first; where one cannot, nothing is purged. What stays in evidence is the reference, and a tombstone.
     */
    post: operations["executePurge"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A WebSocket: what happens, as it happens.
     * @description The first message is a `SubscribeMessage`, within five seconds; every message back is a `ControlEvent` or a `ControlNotice`. `resume` brings what was missed: evidence above that `seq`, then every segment that may have changed since. A client that reads too slowly loses ephemera first, then is closed with a reason.
     */
    get: operations["listen"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Figures as Prometheus reads them. */
    get: operations["getMetrics"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document. */
    get: operations["getOpenApi"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plugins/{id}/install": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Installs a package, sent as bytes or, over the socket only, from a path of this machine.
     * @description Answers 201 when something changed, 200 when exactly this package was installed already. Who says nothing about grants gives them afterwards with `POST /grants`.
     */
    post: operations["installPlugin"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
interface components {
  schemas: {
    AgentArtifacts: {
      label: string;
      plugin_id: string;
      artifacts: number;
      bytes: number;
      limit_bytes: number;
      warning: string | null;
    };
    AgentCounters: {
      lines: number;
      bytes: number;
      refused: {
        [key: string]: number;
      };
      dropped: {
        [key: string]: number;
      };
      paused_ms: number;
      restarts: {
        [key: string]: number;
      };
      queued_bytes: number;
    };
    AgentStatus: {
      label: string;
      plugin_id: string;
      instance_id: string;
      run_id: string | null;
      /** @enum {string} */
      state:
        | "planned"
        | "starting"
        | "handshaking"
        | "running"
        | "backing-off"
        | "stopping"
        | "stopped"
        | "quarantined"
        | "blocked";
      /** @enum {string} */
      health: "initializing" | "ok" | "slowpoke" | "degraded" | "overload" | "failed";
      /** @enum {string} */
      condition: "free" | "throttled" | "held";
      pid: number | null;
      restarts: number;
      last_heartbeat_at: string | null;
      cpu_percent: number | null;
      cpu_budget_percent: number | null;
      memory_mib: number | null;
      verdict: components["schemas"]["Verdict"];
      blocked?: string;
      reason?: string;
      says?: string;
      granted: string[];
      enforced: string[];
      unenforced: string[];
      counters: components["schemas"]["AgentCounters"];
      widget?: boolean;
    };
    AllowReport: {
      /** @enum {string} */
      kind: "script" | "config";
      path: string;
      digest: string;
      granted: string[];
      key_id: string;
      notes: string[];
    };
    ArchiveReport: {
      archive_id: string;
      artifact_ids: string[];
      bytes: number;
    };
    Artifact: {
      artifact_id: string;
      label: string;
      plugin_id: string;
      instance_id: string;
      rel_path: string;
      sha256: string;
      bytes: number;
      mime: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      captured_at: string;
      /** @enum {string} */
      retention_class: "ephemeral" | "retained" | "archived";
      seq: number;
      /** @enum {string} */
      state: "present" | "missing" | "altered" | "archived" | "purged";
      archive_id: string | null;
      purged: {
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        at: string;
        by: string;
        reason: string | null;
        archive_id: string | null;
      } | null;
    };
    ArtifactList: {
      items: components["schemas"]["Artifact"][];
      next_cursor: string | null;
      totals: {
        artifacts: number;
        bytes: number;
        agents: components["schemas"]["AgentArtifacts"][];
      };
    };
    ArtifactTokenReport: {
      token: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      expires_at: string;
    };
    AuditEntry: {
      seq: number;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      at: string;
      action: string;
      subject: string;
      by: string;
      detail:
        | string
        | {
            [key: string]: unknown;
          };
    };
    BudgetReport: {
      sum: number;
      scale: number;
      reasons: string[];
    } & {
      [key: string]: unknown;
    };
    /** @enum {string} */
    Capability:
      | "network"
      | "audio"
      | "midi"
      | "system-control"
      | "input-activity"
      | "filesystem"
      | "subprocess"
      | "display";
    CapabilityReport: {
      capability: components["schemas"]["Capability"];
      /** @enum {string} */
      risk: "low" | "medium" | "high";
    } & {
      [key: string]: unknown;
    };
    ConfigReport: {
      files: string[];
      trouble: string | null;
      values: {
        key: string;
        value: unknown;
        /** @enum {string} */
        source: "plugin" | "global" | "environment" | "user" | "runtime";
        from: string;
        line?: number;
      }[];
      privacy: {
        name: string;
        match_agent: string;
        field: string;
        glob?: string;
        regex?: string;
        /** @enum {string} */
        action: "redact" | "drop";
        from: {
          file: string;
          line?: number;
        };
      }[];
      agents: {
        [key: string]: {
          plugin_id: string;
          values: {
            key: string;
            value: unknown;
            /** @enum {string} */
            source: "plugin" | "global" | "environment" | "user" | "runtime";
            from: string;
            line?: number;
          }[];
        };
      };
    };
    ControlEvent:
      | {
          /** @constant */
          type: "agent:state";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          label: string;
          /** @enum {string} */
          state:
            | "planned"
            | "starting"
            | "handshaking"
            | "running"
            | "backing-off"
            | "stopping"
            | "stopped"
            | "quarantined"
            | "blocked";
          /** @enum {string} */
          previous:
            | "planned"
            | "starting"
            | "handshaking"
            | "running"
            | "backing-off"
            | "stopping"
            | "stopped"
            | "quarantined"
            | "blocked";
          /** @enum {string} */
          health: "initializing" | "ok" | "slowpoke" | "degraded" | "overload" | "failed";
          /** @enum {string} */
          condition: "free" | "throttled" | "held";
          cause: string;
        }
      | {
          /** @constant */
          type: "agent:heartbeat";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          label: string;
          metrics: {
            [key: string]: unknown;
          };
        }
      | {
          /** @constant */
          type: "evidence:committed";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          seq: number;
          record: components["schemas"]["EvidenceRecord"];
        }
      | {
          /** @enum {string} */
          type: "segment:opened" | "segment:extended" | "segment:closed";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          seq: number;
          id: string;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          start: string;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          end: string;
          duration_s: number;
          resets_count: number;
          labels: string[];
          reasons: string[];
          aggregated: {
            [key: string]: {
              [key: string]: unknown;
            };
          };
          gaps: {
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            from: string;
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            to: string;
            reason: string;
          }[];
          /** @enum {string} */
          confidence: "observed" | "reconstructed";
        }
      | {
          /** @constant */
          type: "segment:revised";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          seq: number;
          id: string;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          start: string;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          end: string;
          duration_s: number;
          resets_count: number;
          labels: string[];
          reasons: string[];
          aggregated: {
            [key: string]: {
              [key: string]: unknown;
            };
          };
          gaps: {
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            from: string;
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            to: string;
            reason: string;
          }[];
          /** @enum {string} */
          confidence: "observed" | "reconstructed";
          replaces: string[];
        }
      | {
          /** @constant */
          type: "plugin:installed";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          plugin_id: string;
          version: string;
          status: string;
        }
      | {
          /** @constant */
          type: "plugin:activated";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          plugin_id: string;
          capabilities: string[];
        }
      | {
          /** @constant */
          type: "plugin:deactivated";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          plugin_id: string;
          reason: string;
        }
      | {
          /** @constant */
          type: "plugin:unloaded";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          plugin_id: string;
        }
      | {
          /** @constant */
          type: "plugin:message";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          from: string;
          to: string;
          content: unknown;
        }
      | {
          /** @constant */
          type: "plugin:command";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          plugin_id: string;
          command: string;
          args: string[];
          result: unknown;
        }
      | {
          /** @constant */
          type: "widget:frame";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          label: string;
        }
      | {
          /** @constant */
          type: "log";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          line: components["schemas"]["LogLine"];
        };
    ControlNotice:
      | {
          /** @constant */
          type: "subscribed";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          subscribe: string[];
          through: number;
        }
      | {
          /** @constant */
          type: "resumed";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          through: number;
          segments_from: string | null;
        }
      | {
          /** @constant */
          type: "shed";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          dropped: {
            [key: string]: number;
          };
        }
      | {
          /** @constant */
          type: "error";
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          at: string;
          code: string;
          detail: string;
          hint?: string;
        };
    CorrectionReport: {
      seq: number;
      from: string;
      to: string;
      /** @enum {string} */
      as: "work" | "idle";
      note: string;
    };
    EditReport: {
      /** @enum {string} */
      outcome: "reloaded" | "unchanged" | "rolled-back" | "refused";
      message: string;
      files: string[];
      at_next_start: string[];
      blocked: {
        label: string;
        reason: string;
      }[];
      overruled: string[];
    };
    EditedAgent: {
      label: string;
      plugin_id?: string;
      instance_id?: string;
      run_id?: string | null;
      /** @enum {string} */
      state?:
        | "planned"
        | "starting"
        | "handshaking"
        | "running"
        | "backing-off"
        | "stopping"
        | "stopped"
        | "quarantined"
        | "blocked";
      /** @enum {string} */
      health?: "initializing" | "ok" | "slowpoke" | "degraded" | "overload" | "failed";
      /** @enum {string} */
      condition?: "free" | "throttled" | "held";
      pid?: number | null;
      restarts?: number;
      last_heartbeat_at?: string | null;
      cpu_percent?: number | null;
      cpu_budget_percent?: number | null;
      memory_mib?: number | null;
      verdict?: components["schemas"]["Verdict"];
      blocked?: string;
      reason?: string;
      says?: string;
      granted?: string[];
      enforced?: string[];
      unenforced?: string[];
      counters?: components["schemas"]["AgentCounters"];
      widget?: boolean;
      reload: components["schemas"]["EditReport"];
    };
    ErasureReport: {
      seq: number;
      leaf: string;
      record_seq: number;
      repeated_by: number[];
    };
    EvidenceRecord:
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "message";
          instance_id: string;
          plugin_id: string;
          agent_label: string;
          run_id: string;
          /** @enum {string} */
          trust: "trusted" | "dev";
          stream?: string;
          /** @description number of this evidence line in the agent's durable stream */
          agent_seq?: number;
          redacted?: string[];
          message: {
            [key: string]: unknown;
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "gap";
          instance_id?: string;
          plugin_id?: string;
          agent_label?: string;
          run_id?: string;
          /** @enum {string} */
          trust?: "trusted" | "dev";
          data: {
            /** @enum {string} */
            reason: "collector-down" | "suspend" | "stall" | "suspend-or-stall" | "missing-seq";
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            from: string;
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            to: string;
            stream?: string;
            /** @description number of this evidence line in the agent's durable stream */
            seq_from?: number;
            /** @description number of this evidence line in the agent's durable stream */
            seq_to?: number;
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "clock_step";
          data: {
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            at: string;
            by_ms: number;
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "agent_state";
          instance_id?: string;
          plugin_id?: string;
          agent_label?: string;
          run_id?: string;
          /** @enum {string} */
          trust?: "trusted" | "dev";
          data: {
            state: string;
            health: string;
            condition: string;
            cause: string;
            code?: number | null;
            signal?: string | null;
            uptime_s?: number | null;
            enforced?: string[];
            unenforced?: string[];
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "policy";
          data: {
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            at: string;
            cooldown_seconds: number;
            flush_interval_s: number;
            minimum_segment_s: number;
            day_start: string;
            time_zone: string;
            agents: {
              [key: string]: {
                resets_cooldown: boolean;
                infrequent: boolean;
                data_header?: string | null;
              };
            };
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "import";
          data: {
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            start: string;
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            end: string;
            source: string;
            external_id: string;
            /** @enum {string} */
            confidence: "observed" | "reconstructed";
            label: string;
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "correction";
          data: {
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            from: string;
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            to: string;
            /** @enum {string} */
            as: "work" | "idle";
            note: string;
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "aggregate";
          instance_id?: string;
          plugin_id?: string;
          agent_label?: string;
          run_id?: string;
          /** @enum {string} */
          trust?: "trusted" | "dev";
          data: {
            segment_id: string;
            agent_label: string;
            header: string;
            input_seqs_sha256: string;
            value?: unknown;
            fallback?: unknown;
          };
        }
      | {
          seq: number;
          /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
          received_at: string;
          salt: string;
          /** @constant */
          kind: "erasure";
          data: {
            seq: number;
            leaf: string;
            by: string;
            why: string;
          };
        };
    GrantReport: {
      id: string;
      plugin_id: string;
      capability: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      at: string;
      by: string;
    };
    HeldGrants: {
      plugin_id: string;
      granted: string[];
      not_granted: string[];
    };
    InstallReport: {
      plugin_id: string;
      version: string;
      digest: string;
      key_id: string | null;
      verdict: components["schemas"]["Verdict"];
      path: string;
      granted: string[];
      not_granted: string[];
      replaced: string | null;
      changed: boolean;
    };
    InvokeReport: {
      plugin_id: string;
      label: string;
      /** @enum {string} */
      interface:
        | "action"
        | "trigger"
        | "message_handler"
        | "command"
        | "data_provider"
        | "analytics"
        | "aggregate"
        | "artifact"
        | "config";
      method: string;
      /** @constant */
      ok: true;
      data: unknown;
      took_ms: number;
    };
    KeyReport: {
      key_id: string;
      public_key: string;
      label: string;
      /** @enum {string} */
      source: "builtin" | "self" | "pinned" | "first-use";
      scope: string[];
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      added_at: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      expires_at?: string;
      revoked?: {
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        at: string;
        why?: string;
      };
    };
    LogLine: {
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      at: string;
      label: string | null;
      instance_id: string | null;
      run_id: string | null;
      type: string;
      /** @enum {string} */
      level: "debug" | "info" | "warning" | "error";
      code?: string;
      message: string;
      line?: number;
    };
    LoginCodeReport: {
      code: string;
      scope: components["schemas"]["Scope"];
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      expires_at: string;
      address: string | null;
    };
    LoginReport: {
      token: string;
      scope: components["schemas"]["Scope"];
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      expires_at: string;
    };
    MessageReport: {
      to: string;
      type: string;
      confidence?: number;
      data: unknown;
    };
    NewKeyReport: {
      key_id: string;
      public_key: string;
      label: string;
      scope: string[];
      path: string;
    };
    PluginChangeReport: {
      plugin_id: string;
      version: string;
      /** @enum {string} */
      state: "discovered" | "loaded" | "initialized" | "active" | "suspended" | "unloaded";
      /** @enum {string} */
      outcome: "loaded" | "unloaded" | "enabled" | "disabled" | "reloaded" | "unchanged";
      agents: string[];
      message: string;
    };
    PluginConfigReport: {
      plugin_id: string;
      values: {
        key: string;
        value: unknown;
        /** @enum {string} */
        source: "plugin" | "global" | "environment" | "user" | "runtime";
        from: string;
        line?: number;
        label?: string;
      }[];
      schema?: {
        [key: string]: unknown;
      };
      warnings?: string[];
    };
    PluginList: {
      items: components["schemas"]["RegisteredPlugin"][];
      next_cursor: string | null;
      plugins: components["schemas"]["RegisteredPlugin"][];
      problems: components["schemas"]["PluginProblem"][];
    };
    PluginProblem: {
      path: string;
      code: string;
      message: string;
      line?: number;
    };
    PluginStats: {
      plugin_id: string;
      executions: number;
      failures: number;
      last_execution_at: string | null;
      avg_execution_time_us: number | null;
      p95_us: number | null;
      error_rate: number;
      throughput_per_min: number;
      cpu_percent: number | null;
      memory_mib: number | null;
      io_bytes: number | null;
      health: string;
    };
    PluginStatusReport: {
      plugin_id: string;
      name: string;
      description?: string;
      version: string;
      type: string;
      state: string;
      verdict: string;
      path: string;
      interfaces: string[];
      capabilities: string[];
      permissions: string[];
      filesystem?: {
        read: string[];
        write: string[];
        settings_read?: string[];
      };
      monitor?: {
        label: string;
        data_header?: string | null;
        resets_cooldown?: boolean;
        infrequent?: boolean;
        poll_interval_s?: number;
      };
      granted: string[];
      agents: components["schemas"]["AgentStatus"][];
      params_schema?: {
        [key: string]: unknown;
      };
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      code: components["schemas"]["ProblemCode"];
      hint?: string;
      reason?: string;
      archive_id?: string;
    };
    /** @enum {string} */
    ProblemCode:
      | "bad-request"
      | "invalid-parameter"
      | "invalid-json"
      | "not-found"
      | "not-available"
      | "unknown-agent"
      | "unknown-plugin"
      | "method-not-allowed"
      | "unsupported-media-type"
      | "body-too-large"
      | "header-too-large"
      | "request-too-slow"
      | "unauthorized"
      | "forbidden"
      | "socket-only"
      | "needs-confirmation"
      | "misdirected"
      | "too-many-requests"
      | "conflict"
      | "agent-blocked"
      | "agent-not-running"
      | "command-not-taken"
      | "evidence-not-intact"
      | "invalid-correction"
      | "unknown-record"
      | "not-erasable"
      | "already-erased"
      | "refused-by-trust"
      | "needs-consent"
      | "bad-package"
      | "not-allowable"
      | "bad-grant"
      | "bad-key"
      | "unknown-key"
      | "trust-unreadable"
      | "rolled-back"
      | "dependency"
      | "bad-setting"
      | "not-offered"
      | "plugin-failed"
      | "permission-denied"
      | "no-handler"
      | "loop"
      | "shutting-down"
      | "timed-out"
      | "no-widget"
      | "unknown-artifact"
      | "unknown-token"
      | "artifact-missing"
      | "artifact-too-large"
      | "altered"
      | "archived_data_rehydrate_required"
      | "purged"
      | "unknown-archive"
      | "unknown-plan"
      | "no-artifact-interface"
      | "internal";
    PurgePlan: {
      plan_id: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      expires_at: string;
      artifacts: {
        artifact_id: string;
        label: string;
        rel_path: string;
        bytes: number;
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        captured_at: string;
        /** @enum {string} */
        state: "present" | "missing" | "altered" | "archived" | "purged";
      }[];
      bytes: number;
      can_archive: {
        [key: string]: boolean;
      };
      warnings: string[];
    };
    PurgeReport: {
      plan_id: string;
      purged: string[];
      bytes: number;
      archive_ids: string[];
      kept: {
        artifact_id: string;
        reason: string;
      }[];
    };
    RegisteredPlugin: {
      plugin_id: string;
      name: string;
      description?: string;
      version: string;
      type: string;
      state: string;
      verdict: string;
      path: string;
      interfaces: string[];
      capabilities: string[];
      permissions: string[];
      filesystem?: {
        read: string[];
        write: string[];
        settings_read?: string[];
      };
      monitor?: {
        label: string;
        data_header?: string | null;
        resets_cooldown?: boolean;
        infrequent?: boolean;
        poll_interval_s?: number;
      };
    };
    RemoveReport: {
      plugin_id: string;
      versions: string[];
    };
    RemovedAgent: {
      label: string;
      reload: components["schemas"]["EditReport"];
    };
    Report: {
      rows: ({
        key: string;
        duration_s: number;
      } & {
        [key: string]: unknown;
      })[];
      totals: {
        duration_s: number;
      } & {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    RestoreReport: {
      archive_id: string;
      artifact_ids: string[];
    };
    RuleReport: {
      name: string;
      when: {
        source: string;
        agent?: string;
        event?: string;
        where?: string;
      };
      do: {
        plugin: string;
        params: {
          [key: string]: unknown;
        };
      };
      limit?: number;
      from?: {
        file: string;
        line?: number;
      };
      runs: number;
      failures: number;
      limited: number;
      cut: number;
      last_run_at: string | null;
      last_failure?: {
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        at: string;
        message: string;
      };
      trouble: string | null;
    };
    RulesList: {
      items: components["schemas"]["RuleReport"][];
      next_cursor: string | null;
      rules: components["schemas"]["RuleReport"][];
    };
    RulesTestReport: {
      rules: {
        name: string;
        fires: boolean;
        reason: string;
        would?: {
          plugin: string;
          params: unknown;
          context: unknown;
        };
      }[];
    };
    /** @enum {string} */
    Scope: "read" | "control" | "admin";
    Segment: {
      id: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      start: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      end: string;
      duration_s: number;
      resets_count: number;
      labels: string[];
      reasons: string[];
      aggregated: {
        [key: string]: {
          [key: string]: unknown;
        };
      };
      gaps: {
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        from: string;
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        to: string;
        reason: string;
      }[];
      /** @enum {string} */
      confidence: "observed" | "reconstructed";
    };
    StatusReport: {
      collector: {
        pid: number;
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        started_at: string;
        uptime_s: number;
        /** @enum {string} */
        mode: "release" | "dev";
        data_dir: string;
        version: string;
        address: string | null;
        http?: string | null;
        budget: components["schemas"]["BudgetReport"];
        fault?: string;
      };
      agents: components["schemas"]["AgentStatus"][];
    };
    SubscribeMessage: {
      token?: string;
      subscribe: string[];
      resume?: number;
    };
    TelemetryReport: {
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      from: string;
      /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
      to: string;
      plugins: components["schemas"]["PluginStats"][];
    };
    TimelineReport: {
      segments: components["schemas"]["Segment"][];
      open: components["schemas"]["Segment"] | null;
    };
    UpgradeReport: {
      upgrades: {
        plugin_id: string;
        from: string;
        to: string;
        /** @enum {string} */
        outcome: "upgraded" | "rolled-back" | "refused" | "waiting" | "available";
        message: string;
        /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
        at?: string;
      }[];
      problems: {
        path: string;
        code: string;
        message: string;
        line?: number;
      }[];
    };
    /** @enum {string} */
    Verdict:
      | "trusted"
      | "unsigned"
      | "bad-signature"
      | "unknown-key"
      | "out-of-scope"
      | "revoked"
      | "expired"
      | "modified"
      | "missing-file"
      | "extra-file"
      | "not-allowlisted"
      | "downgrade"
      | "incompatible"
      | "dev";
    VerifyReport: {
      ok: boolean;
      days: {
        /** @enum {string} */
        ledger: "evidence" | "audit";
        date: string;
        /** @enum {string} */
        state: "sealed" | "anchored" | "open";
        records: number;
      }[];
      erased?: number[];
      anchors?: {
        n: number;
        at: string;
        repo: string;
        commit: string;
        exists: boolean;
      }[];
      fault?: {
        file: string;
        offset: number | null;
        record: number | null;
        reason: string;
      };
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
interface operations {
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "ok": true
           *     }
           */
          "application/json": {
            /** @enum {boolean} */
            ok: true;
          };
        };
      };
    };
  };
  getStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "collector": {
           *         "pid": 4700,
           *         "started_at": "2026-11-21T09:00:00.000Z",
           *         "uptime_s": 5400,
           *         "mode": "release",
           *         "data_dir": "/home/ada/.local/share/mimolo",
           *         "version": "0.4.0",
           *         "address": "/home/ada/.local/share/mimolo/control/mimolo.sock",
           *         "http": "http://127.0.0.1:7466",
           *         "budget": {
           *           "sum": 2,
           *           "scale": 1,
           *           "reasons": []
           *         }
           *       },
           *       "agents": [
           *         {
           *           "label": "folder-activity",
           *           "plugin_id": "mimolo.folder-activity",
           *           "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *           "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *           "state": "running",
           *           "health": "ok",
           *           "condition": "free",
           *           "pid": 4711,
           *           "restarts": 0,
           *           "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *           "cpu_percent": 0.2,
           *           "cpu_budget_percent": 2,
           *           "memory_mib": 38.5,
           *           "verdict": "trusted",
           *           "granted": [
           *             "filesystem"
           *           ],
           *           "enforced": [
           *             "filesystem"
           *           ],
           *           "unenforced": [],
           *           "counters": {
           *             "lines": 120,
           *             "bytes": 31204,
           *             "refused": {},
           *             "dropped": {},
           *             "paused_ms": 0,
           *             "restarts": {},
           *             "queued_bytes": 0
           *           },
           *           "widget": true
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["StatusReport"];
        };
      };
    };
  };
  shutDown: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "stopping": true
           *     }
           */
          "application/json": {
            /** @enum {boolean} */
            stopping: true;
          };
        };
      };
    };
  };
  getTimeline: {
    parameters: {
      query?: {
        /**
         * @description Begin of the range.
         * @example 2026-11-21T09:00:00Z
         */
        from?: string;
        /**
         * @description End of the range; `to` itself is left out.
         * @example 2026-11-21T17:00:00Z
         */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "segments": [
           *         {
           *           "id": "1f0c5c0e-2b4d-4f3c-8f2b-0a1d2c3b4a59:12",
           *           "start": "2026-11-21T09:00:00.000Z",
           *           "end": "2026-11-21T10:30:00.000Z",
           *           "duration_s": 5400,
           *           "resets_count": 41,
           *           "labels": [
           *             "folder-activity"
           *           ],
           *           "reasons": [
           *             "folder-activity: 14 changes"
           *           ],
           *           "aggregated": {},
           *           "gaps": [],
           *           "confidence": "observed"
           *         }
           *       ],
           *       "open": null
           *     }
           */
          "application/json": components["schemas"]["TimelineReport"];
        };
      };
    };
  };
  getLanes: {
    parameters: {
      query: {
        /**
         * @description Begin of the range.
         * @example 2026-11-21T09:00:00Z
         */
        from: string;
        /**
         * @description End of the range; `to` itself is left out.
         * @example 2026-11-21T17:00:00Z
         */
        to: string;
        /** @description Nothing shorter is told apart, in seconds, 1 at least; else a thousandth of the range. */
        resolution_s?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "from": "2026-11-21T09:00:00.000Z",
           *       "to": "2026-11-21T10:30:00.000Z",
           *       "resolution_s": 6,
           *       "lanes": [
           *         {
           *           "label": "folder-activity",
           *           "plugin_id": "mimolo.folder-activity",
           *           "mode": "active",
           *           "spans": [
           *             {
           *               "start": "2026-11-21T09:00:00.000Z",
           *               "end": "2026-11-21T10:30:00.000Z",
           *               "kind": "worked",
           *               "confidence": "observed",
           *               "records": 90
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          "application/json": {
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            from: string;
            /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
            to: string;
            resolution_s: number;
            lanes: {
              label: string;
              plugin_id: string | null;
              /** @enum {string} */
              mode: "active" | "passive";
              spans: {
                /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
                start: string;
                /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
                end: string;
                /** @enum {string} */
                kind: "worked" | "idle" | "passive" | "gap";
                /** @enum {string} */
                confidence: "observed" | "reconstructed";
                records: number;
              }[];
            }[];
          };
        };
      };
    };
  };
  getDays: {
    parameters: {
      query?: {
        /**
         * @description The first day; else 365 days before the last.
         * @example 2026-11-21
         */
        from?: string;
        /**
         * @description The day after the last; else tomorrow.
         * @example 2026-11-22
         */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "time_zone": "Europe/Berlin",
           *       "day_start": "04:00",
           *       "days": [
           *         {
           *           "date": "2026-11-21",
           *           "start": "2026-11-21T03:00:00.000Z",
           *           "end": "2026-11-22T03:00:00.000Z",
           *           "worked_s": 5400,
           *           "reconstructed_s": 0,
           *           "segments": 1
           *         }
           *       ]
           *     }
           */
          "application/json": {
            time_zone: string;
            day_start: string;
            days: {
              date: string;
              /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
              start: string;
              /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
              end: string;
              worked_s: number;
              reconstructed_s: number;
              segments: number;
            }[];
          };
        };
      };
    };
  };
  listAgents: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "label": "folder-activity",
           *           "plugin_id": "mimolo.folder-activity",
           *           "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *           "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *           "state": "running",
           *           "health": "ok",
           *           "condition": "free",
           *           "pid": 4711,
           *           "restarts": 0,
           *           "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *           "cpu_percent": 0.2,
           *           "cpu_budget_percent": 2,
           *           "memory_mib": 38.5,
           *           "verdict": "trusted",
           *           "granted": [
           *             "filesystem"
           *           ],
           *           "enforced": [
           *             "filesystem"
           *           ],
           *           "unenforced": [],
           *           "counters": {
           *             "lines": 120,
           *             "bytes": 31204,
           *             "refused": {},
           *             "dropped": {},
           *             "paused_ms": 0,
           *             "restarts": {},
           *             "queued_bytes": 0
           *           },
           *           "widget": true
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          "application/json": {
            items: components["schemas"]["AgentStatus"][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  addAgent: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": "second-folder",
         *       "plugin": "mimolo.folder-activity",
         *       "watch_dirs": [
         *         "./docs"
         *       ]
         *     }
         */
        "application/json": {
          label: string;
        } & {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "second-folder",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "running",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": 4711,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true,
           *       "reload": {
           *         "outcome": "reloaded",
           *         "message": "added second-folder",
           *         "files": [
           *           "/home/ada/project/mimolo.toml"
           *         ],
           *         "at_next_start": [],
           *         "blocked": [],
           *         "overruled": []
           *       }
           *     }
           */
          "application/json": components["schemas"]["EditedAgent"];
        };
      };
    };
  };
  getAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "running",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": 4711,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true
           *     }
           */
          "application/json": components["schemas"]["AgentStatus"];
        };
      };
    };
  };
  removeAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "reload": {
           *         "outcome": "reloaded",
           *         "message": "removed folder-activity",
           *         "files": [
           *           "/home/ada/project/mimolo.toml"
           *         ],
           *         "at_next_start": [],
           *         "blocked": [],
           *         "overruled": []
           *       }
           *     }
           */
          "application/json": components["schemas"]["RemovedAgent"];
        };
      };
    };
  };
  changeAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "agent_flush_interval_s": 30
         *     }
         */
        "application/json": {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "running",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": 4711,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true,
           *       "reload": {
           *         "outcome": "reloaded",
           *         "message": "changed folder-activity (agent_flush_interval_s)",
           *         "files": [
           *           "/home/ada/project/mimolo.toml"
           *         ],
           *         "at_next_start": [],
           *         "blocked": [],
           *         "overruled": []
           *       }
           *     }
           */
          "application/json": components["schemas"]["EditedAgent"];
        };
      };
    };
  };
  startAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "running",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": 4711,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true
           *     }
           */
          "application/json": components["schemas"]["AgentStatus"];
        };
      };
    };
  };
  stopAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "stopped",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": null,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true
           *     }
           */
          "application/json": components["schemas"]["AgentStatus"];
        };
      };
    };
  };
  restartAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "running",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": 4711,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true
           *     }
           */
          "application/json": components["schemas"]["AgentStatus"];
        };
      };
    };
  };
  flushAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "running",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": 4711,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true
           *     }
           */
          "application/json": components["schemas"]["AgentStatus"];
        };
      };
    };
  };
  getConfig: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "files": [
           *         "/home/ada/project/mimolo.toml"
           *       ],
           *       "trouble": null,
           *       "values": [
           *         {
           *           "key": "monitor.cooldown_seconds",
           *           "value": 600,
           *           "source": "plugin",
           *           "from": "default"
           *         }
           *       ],
           *       "privacy": [
           *         {
           *           "name": "banks",
           *           "match_agent": "*",
           *           "field": "data.title",
           *           "glob": "*bank*",
           *           "action": "redact",
           *           "from": {
           *             "file": "/home/ada/project/mimolo.toml",
           *             "line": 12
           *           }
           *         }
           *       ],
           *       "agents": {
           *         "folder-activity": {
           *           "plugin_id": "mimolo.folder-activity",
           *           "values": []
           *         }
           *       }
           *     }
           */
          "application/json": components["schemas"]["ConfigReport"];
        };
      };
    };
  };
  changeConfig: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "monitor": {
         *         "cooldown_seconds": 300
         *       }
         *     }
         */
        "application/json": {
          monitor?: {
            [key: string]: unknown;
          };
          control?: {
            [key: string]: unknown;
          };
          trust?: {
            [key: string]: unknown;
          };
          registry?: {
            [key: string]: unknown;
          };
          rules?: {
            [key: string]: unknown;
          }[];
          privacy?: {
            [key: string]: unknown;
          }[];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "outcome": "reloaded",
           *       "message": "changed monitor.cooldown_seconds",
           *       "files": [
           *         "/home/ada/project/mimolo.toml"
           *       ],
           *       "at_next_start": [],
           *       "blocked": [],
           *       "overruled": []
           *     }
           */
          "application/json": components["schemas"]["EditReport"];
        };
      };
    };
  };
  duplicateAgent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": "other-folder"
         *     }
         */
        "application/json": {
          label: string;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "other-folder",
           *       "plugin_id": "mimolo.folder-activity",
           *       "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *       "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *       "state": "running",
           *       "health": "ok",
           *       "condition": "free",
           *       "pid": 4711,
           *       "restarts": 0,
           *       "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *       "cpu_percent": 0.2,
           *       "cpu_budget_percent": 2,
           *       "memory_mib": 38.5,
           *       "verdict": "trusted",
           *       "granted": [
           *         "filesystem"
           *       ],
           *       "enforced": [
           *         "filesystem"
           *       ],
           *       "unenforced": [],
           *       "counters": {
           *         "lines": 120,
           *         "bytes": 31204,
           *         "refused": {},
           *         "dropped": {},
           *         "paused_ms": 0,
           *         "restarts": {},
           *         "queued_bytes": 0
           *       },
           *       "widget": true,
           *       "reload": {
           *         "outcome": "reloaded",
           *         "message": "added other-folder",
           *         "files": [
           *           "/home/ada/project/mimolo.toml"
           *         ],
           *         "at_next_start": [],
           *         "blocked": [],
           *         "overruled": []
           *       }
           *     }
           */
          "application/json": components["schemas"]["EditedAgent"];
        };
      };
    };
  };
  listEvidence: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
        /**
         * @description Begin of the range.
         * @example 2026-11-21T09:00:00Z
         */
        from?: string;
        /**
         * @description End of the range; `to` itself is left out.
         * @example 2026-11-21T17:00:00Z
         */
        to?: string;
        /** @description Only records of the agent with this label. */
        agent?: string;
        /** @description Only records of this kind. */
        kind?:
          | "message"
          | "gap"
          | "clock_step"
          | "agent_state"
          | "policy"
          | "import"
          | "correction"
          | "aggregate"
          | "erasure";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "seq": 12,
           *           "kind": "agent_state",
           *           "received_at": "2026-11-21T09:00:00.000Z",
           *           "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *           "plugin_id": "mimolo.folder-activity",
           *           "agent_label": "folder-activity",
           *           "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *           "trust": "trusted",
           *           "data": {
           *             "state": "running",
           *             "health": "ok",
           *             "condition": "free",
           *             "cause": "handshake"
           *           },
           *           "salt": "c2FsdHNhbHRzYWx0c2FsdA"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          "application/json": {
            items: components["schemas"]["EvidenceRecord"][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  listDiagnostics: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
        /** @description Only lines about the agent with this label. */
        label?: string;
        /** @description `true`: the newest lines, as many as `limit`; there is no next page then. */
        newest?: "true" | "false";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "at": "2026-11-21T09:00:00.000Z",
           *           "label": "folder-activity",
           *           "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *           "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *           "type": "log",
           *           "level": "info",
           *           "message": "watches 1 folder"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          "application/json": {
            items: components["schemas"]["LogLine"][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  verifyLedger: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": {
          /**
           * Format: date
           * @example 2026-11-21
           */
          date?: string;
          repo?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "ok": true,
           *       "days": [
           *         {
           *           "ledger": "evidence",
           *           "date": "2026-11-21",
           *           "state": "open",
           *           "records": 340
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["VerifyReport"];
        };
      };
    };
  };
  correctEvidence: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "from": "2026-11-21T09:00:00.000Z",
         *       "to": "2026-11-21T10:30:00.000Z",
         *       "as": "work",
         *       "note": "a call"
         *     }
         */
        "application/json": {
          /**
           * Format: date-time
           * @example 2026-11-21T09:00:00Z
           */
          from: string;
          /**
           * Format: date-time
           * @example 2026-11-21T09:00:00Z
           */
          to: string;
          /** @enum {string} */
          as: "work" | "idle";
          note: string;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "seq": 341,
           *       "from": "2026-11-21T09:00:00.000Z",
           *       "to": "2026-11-21T10:30:00.000Z",
           *       "as": "work",
           *       "note": "a call"
           *     }
           */
          "application/json": components["schemas"]["CorrectionReport"];
        };
      };
    };
  };
  eraseEvidence: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "seq": 12,
         *       "why": "it names a client"
         *     }
         */
        "application/json": {
          seq: number;
          why: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "seq": 12,
           *       "leaf": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "record_seq": 342,
           *       "repeated_by": []
           *     }
           */
          "application/json": components["schemas"]["ErasureReport"];
        };
      };
    };
  };
  previewPrivacy: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "rules": [
         *         {
         *           "name": "banks",
         *           "field": "data.title",
         *           "glob": "*bank*"
         *         }
         *       ]
         *     }
         */
        "application/json": {
          rules?: {
            /** @description The rule's name in records it changed; `privacy-1` and so on if absent. */
            name?: string;
            /**
             * @description Labels of the agents it covers, `*` stands for anything.
             * @default *
             */
            match_agent?: string;
            /** @description The field it covers, for instance `data.title`; `*` is any element of an object or list. */
            field: string;
            /** @description Which values it covers, as a pattern with `*` and `?`, in upper or lower case. */
            glob?: string;
            /** @description Which values it covers, as a regular expression; give this or `glob`. */
            regex?: string;
            /**
             * @description Whether the whole message or only the value goes.
             * @default redact
             * @enum {string}
             */
            action?: "drop" | "redact";
          }[];
          limit?: number;
          /**
           * Format: date-time
           * @example 2026-11-21T09:00:00Z
           */
          from?: string;
          /**
           * Format: date-time
           * @example 2026-11-21T09:00:00Z
           */
          to?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "records": 412,
           *       "matched": 1,
           *       "examples": [
           *         {
           *           "seq": 398,
           *           "at": "2026-11-21T09:00:00.000Z",
           *           "label": "browser",
           *           "rule": "banks",
           *           "effect": "redact",
           *           "before": "\"My Bank – Browser\"",
           *           "after": "\"[redacted]\""
           *         }
           *       ]
           *     }
           */
          "application/json": {
            records: number;
            matched: number;
            examples: {
              seq: number;
              /** @description ISO-8601 with a zone; seconds may be absent, any sub-second precision */
              at: string;
              label: string;
              rule: string;
              /** @enum {string} */
              effect: "redact" | "drop";
              before: string;
              after: string | null;
            }[];
          };
        };
      };
    };
  };
  listKeys: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "key_id": "0123456789ABCDEF",
           *           "public_key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
           *           "label": "Acme",
           *           "source": "pinned",
           *           "scope": [
           *             "acme.*"
           *           ],
           *           "added_at": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          "application/json": {
            items: components["schemas"]["KeyReport"][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  makeKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "label": "mine",
         *       "scope": [
         *         "local.*"
         *       ]
         *     }
         */
        "application/json": {
          label?: string;
          scope?: string[];
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "key_id": "0123456789ABCDEF",
           *       "public_key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
           *       "label": "mine",
           *       "scope": [
           *         "local.*"
           *       ],
           *       "path": "/home/ada/.local/share/mimolo/trust/keys/0123456789ABCDEF.key"
           *     }
           */
          "application/json": components["schemas"]["NewKeyReport"];
        };
      };
    };
  };
  trustKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "public_key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
         *       "label": "Acme",
         *       "scope": [
         *         "acme.*"
         *       ]
         *     }
         */
        "application/json": {
          public_key: string;
          label?: string;
          scope?: string[];
          /** @enum {string} */
          source?: "pinned" | "first-use";
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "key_id": "0123456789ABCDEF",
           *       "public_key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
           *       "label": "Acme",
           *       "source": "pinned",
           *       "scope": [
           *         "acme.*"
           *       ],
           *       "added_at": "2026-11-21T09:00:00.000Z"
           *     }
           */
          "application/json": components["schemas"]["KeyReport"];
        };
      };
    };
  };
  revokeKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 0123456789ABCDEF */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "why": "lost"
         *     }
         */
        "application/json": {
          why?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "key_id": "0123456789ABCDEF",
           *       "public_key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
           *       "label": "Acme",
           *       "source": "pinned",
           *       "scope": [
           *         "acme.*"
           *       ],
           *       "added_at": "2026-11-21T09:00:00.000Z",
           *       "revoked": {
           *         "at": "2026-11-21T09:00:00.000Z",
           *         "why": "lost"
           *       }
           *     }
           */
          "application/json": components["schemas"]["KeyReport"];
        };
      };
    };
  };
  allow: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "path": "/home/ada/project/my-agent.mjs"
         *     }
         */
        "application/json": {
          path: string;
          grants?: string[];
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "kind": "script",
           *       "path": "/home/ada/project/my-agent.mjs",
           *       "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "granted": [],
           *       "key_id": "0123456789ABCDEF",
           *       "notes": []
           *     }
           */
          "application/json": components["schemas"]["AllowReport"];
        };
      };
    };
  };
  listCapabilities: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "capability": "network",
           *           "risk": "low",
           *           "colour": "green",
           *           "name": "Network",
           *           "icon": "🌐",
           *           "description": "Talks to other machines."
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          "application/json": {
            items: components["schemas"]["CapabilityReport"][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  listGrants: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "acme.inbox-watch:network",
           *           "plugin_id": "acme.inbox-watch",
           *           "capability": "network",
           *           "at": "2026-11-21T09:00:00.000Z",
           *           "by": "cli"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          "application/json": {
            items: components["schemas"]["GrantReport"][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  grant: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "plugin_id": "acme.inbox-watch",
         *       "capabilities": [
         *         "network"
         *       ]
         *     }
         */
        "application/json": {
          plugin_id: string;
          capabilities: string[];
          code?: string;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "acme.inbox-watch",
           *       "granted": [
           *         "network"
           *       ],
           *       "not_granted": [
           *         "filesystem"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["HeldGrants"];
        };
      };
    };
  };
  revokeGrants: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "plugin_id": "acme.inbox-watch"
         *     }
         */
        "application/json": {
          plugin_id: string;
          capabilities?: string[];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "acme.inbox-watch",
           *       "granted": [],
           *       "not_granted": [
           *         "filesystem"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["HeldGrants"];
        };
      };
    };
  };
  revokeGrant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description `<plugin>:<capability>`, as `GET /grants` has it.
         * @example acme.inbox-watch:network
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "acme.inbox-watch",
           *       "granted": [],
           *       "not_granted": [
           *         "filesystem"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["HeldGrants"];
        };
      };
    };
  };
  listPlugins: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "plugin_id": "mimolo.system-load",
           *           "name": "System load",
           *           "description": "Keeps processor, memory and disk use; says nothing about work",
           *           "version": "0.4.0",
           *           "type": "agent",
           *           "state": "active",
           *           "verdict": "trusted",
           *           "path": "/usr/lib/node_modules/mimolo/system-load.js",
           *           "interfaces": [],
           *           "capabilities": [],
           *           "permissions": [],
           *           "filesystem": {
           *             "read": [
           *               "/proc/stat",
           *               "/proc/meminfo"
           *             ],
           *             "write": [],
           *             "settings_read": []
           *           }
           *         }
           *       ],
           *       "next_cursor": null,
           *       "plugins": [
           *         {
           *           "plugin_id": "mimolo.system-load",
           *           "name": "System load",
           *           "description": "Keeps processor, memory and disk use; says nothing about work",
           *           "version": "0.4.0",
           *           "type": "agent",
           *           "state": "active",
           *           "verdict": "trusted",
           *           "path": "/usr/lib/node_modules/mimolo/system-load.js",
           *           "interfaces": [],
           *           "capabilities": [],
           *           "permissions": [],
           *           "filesystem": {
           *             "read": [
           *               "/proc/stat",
           *               "/proc/meminfo"
           *             ],
           *             "write": [],
           *             "settings_read": []
           *           }
           *         }
           *       ],
           *       "problems": []
           *     }
           */
          "application/json": components["schemas"]["PluginList"];
        };
      };
    };
  };
  getPluginStatus: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "name": "System load",
           *       "description": "Keeps processor, memory and disk use; says nothing about work",
           *       "version": "0.4.0",
           *       "type": "agent",
           *       "state": "active",
           *       "verdict": "trusted",
           *       "path": "/usr/lib/node_modules/mimolo/system-load.js",
           *       "interfaces": [],
           *       "capabilities": [],
           *       "permissions": [],
           *       "filesystem": {
           *         "read": [
           *           "/proc/stat",
           *           "/proc/meminfo"
           *         ],
           *         "write": [],
           *         "settings_read": []
           *       },
           *       "granted": [],
           *       "agents": [
           *         {
           *           "label": "system-load",
           *           "plugin_id": "mimolo.system-load",
           *           "instance_id": "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
           *           "run_id": "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
           *           "state": "running",
           *           "health": "ok",
           *           "condition": "free",
           *           "pid": 4711,
           *           "restarts": 0,
           *           "last_heartbeat_at": "2026-11-21T09:00:00.000Z",
           *           "cpu_percent": 0.2,
           *           "cpu_budget_percent": 2,
           *           "memory_mib": 38.5,
           *           "verdict": "trusted",
           *           "granted": [
           *             "filesystem"
           *           ],
           *           "enforced": [
           *             "filesystem"
           *           ],
           *           "unenforced": [],
           *           "counters": {
           *             "lines": 120,
           *             "bytes": 31204,
           *             "refused": {},
           *             "dropped": {},
           *             "paused_ms": 0,
           *             "restarts": {},
           *             "queued_bytes": 0
           *           },
           *           "widget": true
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["PluginStatusReport"];
        };
      };
    };
  };
  removePlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "versions": [
           *         "1.0.0"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["RemoveReport"];
        };
      };
    };
  };
  loadPlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "version": "0.4.0",
           *       "agents": [
           *         "system-load"
           *       ],
           *       "state": "active",
           *       "outcome": "loaded",
           *       "message": "mimolo.system-load is loaded"
           *     }
           */
          "application/json": components["schemas"]["PluginChangeReport"];
        };
      };
    };
  };
  unloadPlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "version": "0.4.0",
           *       "agents": [
           *         "system-load"
           *       ],
           *       "state": "unloaded",
           *       "outcome": "unloaded",
           *       "message": "mimolo.system-load is unloaded"
           *     }
           */
          "application/json": components["schemas"]["PluginChangeReport"];
        };
      };
    };
  };
  enablePlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "version": "0.4.0",
           *       "agents": [
           *         "system-load"
           *       ],
           *       "state": "active",
           *       "outcome": "enabled",
           *       "message": "mimolo.system-load is enabled"
           *     }
           */
          "application/json": components["schemas"]["PluginChangeReport"];
        };
      };
    };
  };
  disablePlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "version": "0.4.0",
           *       "agents": [
           *         "system-load"
           *       ],
           *       "state": "unloaded",
           *       "outcome": "disabled",
           *       "message": "mimolo.system-load is disabled"
           *     }
           */
          "application/json": components["schemas"]["PluginChangeReport"];
        };
      };
    };
  };
  reloadPlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /** @example {} */
        "application/json": Record<string, unknown>;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "version": "0.4.0",
           *       "agents": [
           *         "system-load"
           *       ],
           *       "state": "active",
           *       "outcome": "reloaded",
           *       "message": "mimolo.system-load is reloaded"
           *     }
           */
          "application/json": components["schemas"]["PluginChangeReport"];
        };
      };
    };
  };
  getPluginConfig: {
    parameters: {
      query?: {
        label?: string;
      };
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "values": [
           *         {
           *           "key": "agent_flush_interval_s",
           *           "value": 60,
           *           "source": "runtime",
           *           "from": "overrides.json"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["PluginConfigReport"];
        };
      };
    };
  };
  changePluginConfig: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "agent_flush_interval_s": 60
         *     }
         */
        "application/json": {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "values": [
           *         {
           *           "key": "agent_flush_interval_s",
           *           "value": 60,
           *           "source": "runtime",
           *           "from": "overrides.json"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["PluginConfigReport"];
        };
      };
    };
  };
  upgradePlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "version": "^1.1.0"
         *     }
         */
        "application/json": {
          version?: string;
          grants?: "all" | string[];
          accept_downgrade?: boolean;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "upgrades": [
           *         {
           *           "plugin_id": "acme.inbox-watch",
           *           "from": "1.0.0",
           *           "to": "1.1.0",
           *           "outcome": "upgraded",
           *           "message": "acme.inbox-watch 1.1.0 took the place of 1.0.0",
           *           "at": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "problems": []
           *     }
           */
          "application/json": components["schemas"]["UpgradeReport"];
        };
      };
    };
  };
  sendMessage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "greeting",
         *       "content": {
         *         "text": "hello"
         *       }
         *     }
         */
        "application/json": {
          to?: string;
          type: string;
          content: unknown;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "to": "acme.inbox-watch",
           *       "type": "greeting",
           *       "confidence": 0.9,
           *       "data": {
           *         "text": "good morning"
           *       }
           *     }
           */
          "application/json": components["schemas"]["MessageReport"];
        };
      };
    };
  };
  invokePlugin: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "interface": "action",
         *       "method": "execute",
         *       "params": {
         *         "text": "hello"
         *       }
         *     }
         */
        "application/json": {
          /**
           * @example action
           * @example trigger
           * @example message_handler
           * @example command
           * @example data_provider
           * @example analytics
           * @example aggregate
           * @example artifact
           * @example config
           */
          interface: string;
          method: string;
          params?: unknown;
          context?: {
            [key: string]: unknown;
          };
          timeout_ms?: number;
          label?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "label": "system-load",
           *       "interface": "action",
           *       "method": "execute",
           *       "ok": true,
           *       "data": null,
           *       "took_ms": 3.4
           *     }
           */
          "application/json": components["schemas"]["InvokeReport"];
        };
      };
    };
  };
  listAudit: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
        /**
         * @description Begin of the range.
         * @example 2026-11-21T09:00:00Z
         */
        from?: string;
        /**
         * @description End of the range; `to` itself is left out.
         * @example 2026-11-21T17:00:00Z
         */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "seq": 1,
           *           "at": "2026-11-21T09:00:00.000Z",
           *           "action": "grant",
           *           "subject": "acme.inbox-watch",
           *           "by": "cli",
           *           "detail": "network"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          "application/json": {
            items: components["schemas"]["AuditEntry"][];
            next_cursor: string | null;
          };
        };
      };
    };
  };
  listRules: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "name": "note-commits",
           *           "when": {
           *             "source": "mimolo.git-activity",
           *             "event": "commit"
           *           },
           *           "do": {
           *             "plugin": "mimolo.http-request",
           *             "params": {
           *               "url": "http://127.0.0.1:9000/commits"
           *             }
           *           },
           *           "runs": 3,
           *           "failures": 0,
           *           "limited": 0,
           *           "cut": 0,
           *           "last_run_at": "2026-11-21T09:00:00.000Z",
           *           "trouble": null
           *         }
           *       ],
           *       "next_cursor": null,
           *       "rules": [
           *         {
           *           "name": "note-commits",
           *           "when": {
           *             "source": "mimolo.git-activity",
           *             "event": "commit"
           *           },
           *           "do": {
           *             "plugin": "mimolo.http-request",
           *             "params": {
           *               "url": "http://127.0.0.1:9000/commits"
           *             }
           *           },
           *           "runs": 3,
           *           "failures": 0,
           *           "limited": 0,
           *           "cut": 0,
           *           "last_run_at": "2026-11-21T09:00:00.000Z",
           *           "trouble": null
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["RulesList"];
        };
      };
    };
  };
  testRules: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "event": {
         *         "source": "event",
         *         "agent": "git-activity",
         *         "event": "commit"
         *       }
         *     }
         */
        "application/json": {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "rules": [
           *         {
           *           "name": "note-commits",
           *           "fires": true,
           *           "reason": "source and event are as the rule wants them"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["RulesTestReport"];
        };
      };
    };
  };
  getPluginStats: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "executions": 12,
           *       "failures": 0,
           *       "last_execution_at": "2026-11-21T09:00:00.000Z",
           *       "avg_execution_time_us": 840,
           *       "p95_us": 1400,
           *       "error_rate": 0,
           *       "throughput_per_min": 0.2,
           *       "cpu_percent": 0.3,
           *       "memory_mib": 36.1,
           *       "io_bytes": 4096,
           *       "health": "ok"
           *     }
           */
          "application/json": components["schemas"]["PluginStats"];
        };
      };
    };
  };
  getTelemetry: {
    parameters: {
      query?: {
        /**
         * @description Begin of the range.
         * @example 2026-11-21T09:00:00Z
         */
        from?: string;
        /**
         * @description End of the range; `to` itself is left out.
         * @example 2026-11-21T17:00:00Z
         */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "from": "2026-11-21T09:00:00.000Z",
           *       "to": "2026-11-21T10:30:00.000Z",
           *       "plugins": [
           *         {
           *           "plugin_id": "mimolo.system-load",
           *           "executions": 12,
           *           "failures": 0,
           *           "last_execution_at": "2026-11-21T09:00:00.000Z",
           *           "avg_execution_time_us": 840,
           *           "p95_us": 1400,
           *           "error_rate": 0,
           *           "throughput_per_min": 0.2,
           *           "cpu_percent": 0.3,
           *           "memory_mib": 36.1,
           *           "io_bytes": 4096,
           *           "health": "ok"
           *         }
           *       ]
           *     }
           */
          "application/json": components["schemas"]["TelemetryReport"];
        };
      };
    };
  };
  logIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "code": "Zk3yXQm1b0V2nq8Lr5tPwA",
         *       "scope": "read"
         *     }
         */
        "application/json": {
          code: string;
          scope?: components["schemas"]["Scope"];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "token": "a-token-of-43-characters-in-base64url-xxxxx",
           *       "scope": "read",
           *       "expires_at": "2026-12-21T09:00:00.000Z"
           *     }
           */
          "application/json": components["schemas"]["LoginReport"];
        };
      };
    };
  };
  makeLoginCode: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "scope": "read"
         *     }
         */
        "application/json": {
          scope?: components["schemas"]["Scope"];
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "code": "Zk3yXQm1b0V2nq8Lr5tPwA",
           *       "scope": "read",
           *       "expires_at": "2026-11-21T09:05:00.000Z",
           *       "address": "http://127.0.0.1:7466/#code=Zk3yXQm1b0V2nq8Lr5tPwA"
           *     }
           */
          "application/json": components["schemas"]["LoginCodeReport"];
        };
      };
    };
  };
  logOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "all": true
         *     }
         */
        "application/json": {
          all?: boolean;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "ended": true
           *     }
           */
          "application/json": {
            /** @enum {boolean} */
            ended: true;
          };
        };
      };
    };
  };
  getReport: {
    parameters: {
      query?: {
        /**
         * @description Begin of the range.
         * @example 2026-11-21T09:00:00Z
         */
        from?: string;
        /**
         * @description End of the range; `to` itself is left out.
         * @example 2026-11-21T17:00:00Z
         */
        to?: string;
        /** @description What makes a row. `hour` for plugins only; `project`, `client` and `agent` not for them. */
        by?: "day" | "week" | "month" | "hour" | "project" | "client" | "agent";
        rate?: string;
        round?: string;
        explain?: "true" | "false";
        proof?: "true" | "false";
      };
      header?: never;
      path: {
        /**
         * @description `timesheet`, `summary` … or `plugin:ID`.
         * @example plugin:mimolo.system-load
         */
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "mimolo.system-load",
           *       "from": "2026-11-21T09:00:00.000Z",
           *       "to": "2026-11-21T10:30:00.000Z",
           *       "rows": [
           *         {
           *           "executions": 12,
           *           "failures": 0,
           *           "last_execution_at": "2026-11-21T09:00:00.000Z",
           *           "avg_execution_time_us": 840,
           *           "p95_us": 1400,
           *           "error_rate": 0,
           *           "throughput_per_min": 0.2,
           *           "cpu_percent": 0.3,
           *           "memory_mib": 36.1,
           *           "io_bytes": 4096,
           *           "health": "ok",
           *           "key": "2026-11-21T09:00:00.000Z",
           *           "duration_s": 5400
           *         }
           *       ],
           *       "totals": {
           *         "executions": 12,
           *         "failures": 0,
           *         "last_execution_at": "2026-11-21T09:00:00.000Z",
           *         "avg_execution_time_us": 840,
           *         "p95_us": 1400,
           *         "error_rate": 0,
           *         "throughput_per_min": 0.2,
           *         "cpu_percent": 0.3,
           *         "memory_mib": 36.1,
           *         "io_bytes": 4096,
           *         "health": "ok",
           *         "duration_s": 5400
           *       }
           *     }
           */
          "application/json": components["schemas"]["Report"];
        };
      };
    };
  };
  queryEvidence: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "sql": "select 1 as one"
         *     }
         */
        "application/json": {
          sql: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "one": 1
           *       }
           *     ]
           */
          "application/json": unknown;
        };
      };
    };
  };
  getWidget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "mode": "tree_v1",
           *       "html": "<div class=\"mml-card\"><p><span class=\"mml-number\">42</span> changes today</p></div>",
           *       "received_at": "2026-11-21T09:00:00.000Z",
           *       "ttl_ms": 15000,
           *       "expires_at": "2026-11-21T09:00:15.000Z",
           *       "is_stale": false,
           *       "state_token": null,
           *       "nodes": 5,
           *       "problem": null
           *     }
           */
          "application/json": {
            label: string;
            plugin_id: string;
            mode: ("html_fragment_v1" | "tree_v1") | null;
            html: string | null;
            received_at: string | null;
            ttl_ms: number;
            expires_at: string | null;
            is_stale: boolean;
            state_token: string | null;
            nodes: number;
            problem: {
              code: string;
              message: string;
            } | null;
          };
        };
      };
    };
  };
  renderWidget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "canvas": {
         *         "width": 320,
         *         "theme": "dark"
         *       }
         *     }
         */
        "application/json": {
          /** @enum {string} */
          mode?: "html_fragment_v1" | "tree_v1";
          canvas?: {
            width?: number;
            height?: number;
            /** @enum {string} */
            theme?: "dark" | "light";
          };
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "plugin_id": "mimolo.folder-activity",
           *       "mode": "tree_v1",
           *       "html": "<div class=\"mml-card\"><p><span class=\"mml-number\">42</span> changes today</p></div>",
           *       "received_at": "2026-11-21T09:00:00.000Z",
           *       "ttl_ms": 15000,
           *       "expires_at": "2026-11-21T09:00:15.000Z",
           *       "is_stale": false,
           *       "state_token": null,
           *       "nodes": 5,
           *       "problem": null
           *     }
           */
          "application/json": {
            label: string;
            plugin_id: string;
            mode: ("html_fragment_v1" | "tree_v1") | null;
            html: string | null;
            received_at: string | null;
            ttl_ms: number;
            expires_at: string | null;
            is_stale: boolean;
            state_token: string | null;
            nodes: number;
            problem: {
              code: string;
              message: string;
            } | null;
          };
        };
      };
    };
  };
  actOnWidget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An agent's label.
         * @example folder-activity
         */
        label: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "action": "refresh"
         *     }
         */
        "application/json": {
          action: string;
          payload?: unknown;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "label": "folder-activity",
           *       "action": "refresh",
           *       "message": null,
           *       "through": 4711,
           *       "widget": {
           *         "label": "folder-activity",
           *         "plugin_id": "mimolo.folder-activity",
           *         "mode": "tree_v1",
           *         "html": "<div class=\"mml-card\"><p><span class=\"mml-number\">42</span> changes today</p></div>",
           *         "received_at": "2026-11-21T09:00:00.000Z",
           *         "ttl_ms": 15000,
           *         "expires_at": "2026-11-21T09:00:15.000Z",
           *         "is_stale": false,
           *         "state_token": null,
           *         "nodes": 5,
           *         "problem": null
           *       }
           *     }
           */
          "application/json": {
            label: string;
            action: string;
            message: string | null;
            through: number;
            widget: {
              label: string;
              plugin_id: string;
              mode: ("html_fragment_v1" | "tree_v1") | null;
              html: string | null;
              received_at: string | null;
              ttl_ms: number;
              expires_at: string | null;
              is_stale: boolean;
              state_token: string | null;
              nodes: number;
              problem: {
                code: string;
                message: string;
              } | null;
            } | null;
          };
        };
      };
    };
  };
  listArtifacts: {
    parameters: {
      query?: {
        /** @description What the page before gave as `next_cursor`; absent: the first page. */
        cursor?: string;
        /** @description The most items of a page. */
        limit?: number;
        /**
         * @description Begin of the range.
         * @example 2026-11-21T09:00:00Z
         */
        from?: string;
        /**
         * @description End of the range; `to` itself is left out.
         * @example 2026-11-21T17:00:00Z
         */
        to?: string;
        /** @description Only artifacts of the agent with this label. */
        label?: string;
        /** @description Only artifacts of this plugin's agents. */
        plugin?: string;
        /** @description Only artifacts in this state. */
        state?: "present" | "missing" | "altered" | "archived" | "purged";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "artifact_id": "shot-2026-11-21T09-00-00",
           *           "label": "screen",
           *           "plugin_id": "mimolo.screen-tracker",
           *           "instance_id": "0b9c1f60-6a35-4c0a-8a58-2f5d0e1f3a77",
           *           "rel_path": "artifacts/2026-11-21/shot-09-00-00.jpg",
           *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *           "bytes": 48231,
           *           "mime": "image/jpeg",
           *           "captured_at": "2026-11-21T09:00:00.000Z",
           *           "retention_class": "ephemeral",
           *           "seq": 812,
           *           "state": "present",
           *           "archive_id": null,
           *           "purged": null
           *         }
           *       ],
           *       "next_cursor": null,
           *       "totals": {
           *         "artifacts": 1,
           *         "bytes": 48231,
           *         "agents": [
           *           {
           *             "label": "screen",
           *             "plugin_id": "mimolo.screen-tracker",
           *             "artifacts": 1,
           *             "bytes": 48231,
           *             "limit_bytes": 1073741824,
           *             "warning": null
           *           }
           *         ]
           *       }
           *     }
           */
          "application/json": components["schemas"]["ArtifactList"];
        };
      };
    };
  };
  makeArtifactToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "artifact_id": "shot-2026-11-21T09-00-00"
         *     }
         */
        "application/json": {
          artifact_id: string;
          instance_id?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "token": "a-token-of-43-characters-in-base64url-xxxxx",
           *       "expires_at": "2026-11-21T10:30:00.000Z"
           *     }
           */
          "application/json": components["schemas"]["ArtifactTokenReport"];
        };
      };
    };
  };
  getArtifactContent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @example 3q2-7w */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/octet-stream": unknown;
        };
      };
    };
  };
  archiveArtifacts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": "screen",
         *       "artifact_ids": [
         *         "shot-2026-11-21T09-00-00"
         *       ]
         *     }
         */
        "application/json": {
          label: string;
          artifact_ids: string[];
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "archive_id": "2026-11-21T10-30-00",
           *       "artifact_ids": [
           *         "shot-2026-11-21T09-00-00"
           *       ],
           *       "bytes": 48231
           *     }
           */
          "application/json": components["schemas"]["ArchiveReport"];
        };
      };
    };
  };
  restoreArtifacts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": "screen",
         *       "archive_id": "2026-11-21T10-30-00"
         *     }
         */
        "application/json": {
          label: string;
          archive_id: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "archive_id": "2026-11-21T10-30-00",
           *       "artifact_ids": [
           *         "shot-2026-11-21T09-00-00"
           *       ]
           *     }
           */
          "application/json": components["schemas"]["RestoreReport"];
        };
      };
    };
  };
  planPurge: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": "screen",
         *       "before": "2026-11-21T10:30:00.000Z",
         *       "reason": "the project is over"
         *     }
         */
        "application/json": {
          label?: string;
          artifact_ids?: string[];
          /**
           * Format: date-time
           * @example 2026-11-21T09:00:00Z
           */
          before?: string;
          /** @enum {string} */
          retention_class?: "ephemeral" | "retained" | "archived";
          reason?: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plan_id": "4Zt0m1m5oZ4o3S8Jb2yN7w",
           *       "expires_at": "2026-11-21T10:30:00.000Z",
           *       "artifacts": [
           *         {
           *           "artifact_id": "shot-2026-11-21T09-00-00",
           *           "label": "screen",
           *           "rel_path": "artifacts/2026-11-21/shot-09-00-00.jpg",
           *           "bytes": 48231,
           *           "captured_at": "2026-11-21T09:00:00.000Z",
           *           "state": "present"
           *         }
           *       ],
           *       "bytes": 48231,
           *       "can_archive": {
           *         "screen": true
           *       },
           *       "warnings": []
           *     }
           */
          "application/json": components["schemas"]["PurgePlan"];
        };
      };
    };
  };
  executePurge: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "plan_id": "4Zt0m1m5oZ4o3S8Jb2yN7w",
         *       "consent": true,
         *       "archive": true
         *     }
         */
        "application/json": {
          plan_id: string;
          /** @enum {boolean} */
          consent: true;
          archive: boolean;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plan_id": "4Zt0m1m5oZ4o3S8Jb2yN7w",
           *       "purged": [
           *         "shot-2026-11-21T09-00-00"
           *       ],
           *       "bytes": 48231,
           *       "archive_ids": [
           *         "2026-11-21T10-30-00"
           *       ],
           *       "kept": []
           *     }
           */
          "application/json": components["schemas"]["PurgeReport"];
        };
      };
    };
  };
  listen: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: never;
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example # HELP mimolo_up 1 while the collector answers.
           *     # TYPE mimolo_up gauge
           *     mimolo_up 1
           */
          "text/plain": string;
        };
      };
    };
  };
  getOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "openapi": "3.1.0"
           *     }
           */
          "application/json": {
            openapi: string;
          } & {
            [key: string]: unknown;
          };
        };
      };
    };
  };
  installPlugin: {
    parameters: {
      query?: {
        /** @description With a package as body: what it may do, names with commas between them, or `all`. */
        grants?: string;
        /** @description With a package as body. */
        accept_downgrade?: "true" | "false";
      };
      header?: never;
      path: {
        /**
         * @description A plugin's id.
         * @example mimolo.system-load
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/octet-stream": unknown;
        /**
         * @example {
         *       "path": "/home/ada/acme.inbox-watch-1.0.0.mmpkg"
         *     }
         */
        "application/json": {
          path: string;
          grants?: "all" | string[];
          accept_downgrade?: boolean;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "acme.inbox-watch",
           *       "version": "1.0.0",
           *       "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "key_id": "0123456789ABCDEF",
           *       "verdict": "trusted",
           *       "path": "/home/ada/.local/share/mimolo/plugins/store/acme.inbox-watch/1.0.0",
           *       "granted": [
           *         "network"
           *       ],
           *       "not_granted": [],
           *       "replaced": null,
           *       "changed": true
           *     }
           */
          "application/json": components["schemas"]["InstallReport"];
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "plugin_id": "acme.inbox-watch",
           *       "version": "1.0.0",
           *       "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "key_id": "0123456789ABCDEF",
           *       "verdict": "trusted",
           *       "path": "/home/ada/.local/share/mimolo/plugins/store/acme.inbox-watch/1.0.0",
           *       "granted": [
           *         "network"
           *       ],
           *       "not_granted": [],
           *       "replaced": null,
           *       "changed": true
           *     }
           */
          "application/json": components["schemas"]["InstallReport"];
        };
      };
    };
  };
}
