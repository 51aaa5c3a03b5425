//! Speaks MiMoLo's protocol (JSON lines on stdin and stdout) for a plugin.
#![allow(dead_code)] // No kind of plugin needs all of it.

mod pipes;
mod spool;

use std::env;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use pipes::Outbox;
use serde_json::{Value, json};
use spool::Spool;

/// For a collector that does not read: it kills 2 s after SIGTERM, and evidence stays in the spool.
const LAST_WORDS: Duration = Duration::from_millis(1500);
/// While nobody reads, what comes after as many bytes is dropped rather than kept. Never evidence.
const MOST_WAITING: usize = 1 << 20;

/// What was seen says of somebody's work; `Passive` says nothing.
#[derive(Debug, PartialEq)]
pub enum Activity {
    Worked,
    Idle,
    Passive,
}

/// Something that happened: a short name, and a JSON object.
pub type Event = (&'static str, Value);

/// The answer to a call that cannot be carried out: a short code, and a sentence.
#[derive(Debug, PartialEq)]
pub struct CallError {
    code: &'static str,
    message: String,
}

impl CallError {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        CallError {
            code,
            message: message.into(),
        }
    }

    pub fn not_offered(interface: &str, method: &str) -> Self {
        CallError::new(
            "not-offered",
            format!("{interface}.{method} is not offered"),
        )
    }
}

impl From<io::Error> for CallError {
    fn from(error: io::Error) -> Self {
        CallError::new("failed", error.to_string())
    }
}

/// What a plugin does; `run` does the rest. Each kind of plugin has its own part of this.
pub trait Plugin {
    /// The time between two looks; without one it never looks.
    const EVERY: Option<Duration> = None;
    /// What it answers calls for, as in plugin.toml.
    const INTERFACES: &[&str] = &[];

    /// What a monitor says of itself. It makes the events evidence.
    fn monitor(&self) -> Option<Value> {
        None
    }

    /// Gives what happened since the last look.
    fn look(&mut self) -> io::Result<Vec<Event>> {
        Ok(Vec::new())
    }

    /// What was seen since the last summary: a JSON object.
    fn summarize(&mut self) -> (Value, Activity) {
        (json!({}), Activity::Passive)
    }

    /// Carries out one method of an interface. `params` is null when none were given.
    fn call(&mut self, interface: &str, method: &str, _params: &Value) -> Result<Value, CallError> {
        Err(CallError::not_offered(interface, method))
    }
}

/// A text among the plugin's settings.
pub fn setting(name: &str) -> Option<String> {
    let config: Value = serde_json::from_str(&env::var("MIMOLO_CONFIG").ok()?).ok()?;
    config[name].as_str().map(str::to_owned)
}

/// The only place a plugin may write in.
pub fn own_folder() -> PathBuf {
    env::var_os("MIMOLO_AGENT_DATA_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// Runs until the collector has had enough.
pub fn run(plugin: impl Plugin, version: &str) {
    let (inbox, commands) = sync_channel(8);
    pipes::obey_signals(inbox.clone());
    let mut runner = Runner::new(plugin, Outbox::new(inbox.clone()));
    runner.run(version, inbox, commands);
    runner.outbox.close(LAST_WORDS);
}

struct Runner<P> {
    plugin: P,
    outbox: Outbox,
    spool: Option<Spool>,
    heartbeat: Duration,
    next_look: Option<Instant>,
    next_beat: Instant,
    /// Whether the last look failed.
    is_blind: bool,
    is_degraded: bool,
    /// Whether there may be something that no summary tells yet.
    is_pending: bool,
    is_sampling: bool,
    is_running: bool,
}

impl<P: Plugin> Runner<P> {
    fn new(plugin: P, outbox: Outbox) -> Self {
        let now = Instant::now();
        Runner {
            plugin,
            outbox,
            spool: open_spool(),
            heartbeat: Duration::from_secs(5),
            next_look: P::EVERY.map(|_| now),
            next_beat: now,
            is_blind: false,
            is_degraded: false,
            is_pending: false,
            is_sampling: true,
            is_running: true,
        }
    }

    fn run(&mut self, version: &str, inbox: SyncSender<Value>, commands: Receiver<Value>) {
        self.introduce(version);
        self.tick();
        pipes::read_commands(inbox, Arc::clone(&self.outbox.backlog));
        while self.is_running {
            let next = self
                .next_look
                .map_or(self.next_beat, |look| look.min(self.next_beat));
            match commands.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(command) => self.obey(&command),
                Err(RecvTimeoutError::Timeout) => self.tick(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn introduce(&mut self, version: &str) {
        let mut capabilities = vec!["summary", "heartbeat", "status", "error"];
        let mut metadata = json!({});
        if !P::INTERFACES.is_empty() {
            capabilities.push("invoke");
            metadata["interfaces"] = P::INTERFACES.into();
        }
        if let Some(monitor) = self.plugin.monitor() {
            metadata["monitor"] = monitor;
        }
        let mut handshake = json!({"protocol_version": "0.4", "agent_version": version});
        if let Some(spool) = &self.spool {
            capabilities.push("durable_ack");
            handshake["stream"] = spool.announced.as_str().into();
        }
        handshake["capabilities"] = capabilities.into();
        self.say("handshake", handshake);
        if metadata != json!({}) {
            self.say("metadata", json!({"data": metadata}));
        }
        self.say_status();
    }

    fn tick(&mut self) {
        let now = Instant::now();
        if self.next_look.is_some_and(|look| now >= look) {
            self.next_look = P::EVERY.map(|every| now + every);
            self.look();
        }
        if now >= self.next_beat {
            self.next_beat = now + self.heartbeat;
            // While nobody reads, one more sign of life would only wait, too.
            if self.outbox.backlog.bytes() == 0 {
                self.say("heartbeat", json!({"metrics": {"queue": 0}}));
            }
        }
    }

    fn obey(&mut self, command: &Value) {
        let is_new = command["params"].is_object();
        let params = &command[if is_new { "params" } else { "args" }];
        let cmd = command["cmd"].as_str().unwrap_or_default();
        match cmd {
            "ack" => {
                let told = params["heartbeat_interval_s"].as_f64();
                if let Some(seconds) = told.filter(|seconds| (0.001..=1e6).contains(seconds)) {
                    self.heartbeat = Duration::from_secs_f64(seconds);
                    self.next_beat = self.next_beat.min(Instant::now() + self.heartbeat);
                }
            }
            "reject" => self.is_running = false,
            "committed" => {
                if let Some(spool) = &mut self.spool {
                    spool.committed(params);
                }
                self.send_due();
            }
            "status" => self.say_status(),
            "invoke" if !P::INTERFACES.is_empty() => {
                self.is_pending = true;
                let answer = self.answer(params);
                self.say("result", with_id(answer, command));
            }
            "sequence" => {
                let steps = command["sequence"]
                    .as_array()
                    .or(params["sequence"].as_array());
                for step in steps
                    .into_iter()
                    .flatten()
                    .filter(|step| *step != "sequence")
                {
                    if self.is_running {
                        self.obey(&with_id(json!({"cmd": step}), command));
                    }
                }
            }
            "flush" | "stop" | "start" | "shutdown" => {
                if cmd != "start" {
                    self.look(); // what was done until now still counts
                }
                if cmd == "flush" || (cmd == "shutdown" && self.is_pending) {
                    self.report();
                }
                self.is_sampling = cmd == "start" || (self.is_sampling && cmd == "flush");
                self.is_running = cmd != "shutdown";
                self.say("ack", with_id(json!({"ack_command": cmd}), command));
            }
            _ => {}
        }
    }

    fn look(&mut self) {
        if P::EVERY.is_none() || !self.is_sampling {
            return;
        }
        self.is_pending = true;
        let seen = self.plugin.look();
        self.is_blind = seen.is_err();
        match seen {
            Ok(events) => events.into_iter().for_each(|event| self.happened(event)),
            // What fails now may work next time.
            Err(error) => {
                self.say(
                    "error",
                    json!({"message": error.to_string(), "code": "sample-failed"}),
                );
            }
        }
    }

    fn happened(&mut self, (name, payload): Event) {
        let event = json!({"data": {"event": name, "payload": payload}});
        if self.plugin.monitor().is_none() {
            self.say("event", event);
        } else if self.has_room() {
            self.keep("event", event);
        } else {
            eprintln!("the spool is full: {name} is dropped");
        }
    }

    fn report(&mut self) {
        if let Some(spool) = &mut self.spool {
            spool.wanted();
        }
        if !self.has_room() {
            return self.send_due(); // nothing is lost: the next summary covers more
        }
        self.is_pending = false;
        let (mut data, activity) = self.plugin.summarize();
        data["activity_signal"] = match activity {
            Activity::Passive => json!({"mode": "passive", "keep_alive": null}),
            // What could not be seen is not idle.
            Activity::Idle if self.is_blind => json!({"mode": "passive", "keep_alive": null}),
            worked => json!({"mode": "active", "keep_alive": worked == Activity::Worked}),
        };
        self.keep("summary", json!({"data": data}));
    }

    fn answer(&mut self, params: &Value) -> Value {
        let text = |name: &str| params[name].as_str().unwrap_or_default();
        let call = || {
            self.plugin
                .call(text("interface"), text("method"), &params["params"])
        };
        // A fault of one call is its answer, and not the end of the plugin.
        let answer = catch_unwind(AssertUnwindSafe(call))
            .unwrap_or_else(|_| Err(CallError::new("failed", "it panicked: see its stderr")));
        match answer {
            Ok(data) => json!({"ok": true, "data": data}),
            Err(CallError { code, message }) => {
                json!({"ok": false, "error": {"code": code, "message": message}})
            }
        }
    }

    fn has_room(&self) -> bool {
        self.spool.as_ref().is_none_or(Spool::has_room)
    }

    /// Evidence: it goes through the spool, when there is one.
    fn keep(&mut self, kind: &str, message: Value) {
        let message = stamped(kind, message);
        match &mut self.spool {
            Some(spool) => spool.add(message),
            None => self.outbox.put(message.to_string()),
        }
        self.send_due();
    }

    fn send_due(&mut self) {
        let Some(spool) = &mut self.spool else { return };
        for line in spool.due() {
            self.outbox.put(line);
        }
        if self.is_degraded == spool.fault.is_some() {
            return;
        }
        self.is_degraded = spool.fault.is_some();
        if let Some(fault) = &spool.fault {
            let message = format!("the spool takes nothing: {fault}");
            self.say("error", json!({"message": message, "code": "spool-failed"}));
        }
        self.say_status();
    }

    fn say_status(&self) {
        let health = if self.is_degraded { "degraded" } else { "ok" };
        let details = json!({"sampling": self.is_sampling});
        self.say("status", json!({"health": health, "details": details}));
    }

    fn say(&self, kind: &str, message: Value) {
        if self.outbox.backlog.bytes() < MOST_WAITING {
            self.outbox.put(stamped(kind, message).to_string());
        }
    }
}

/// None where there is no folder to write in, as at a terminal.
fn open_spool() -> Option<Spool> {
    env::var_os("MIMOLO_AGENT_DATA_DIR")?;
    // Hidden: a plugin may look into this very folder.
    Spool::open(own_folder().join(".spool"))
        .inspect_err(|error| eprintln!("no spool: {error}"))
        .ok()
}

fn with_id(mut message: Value, command: &Value) -> Value {
    if let Some(id) = command.get("id") {
        message["id"] = id.clone();
    }
    message
}

fn stamped(kind: &str, mut message: Value) -> Value {
    message["type"] = kind.into();
    message["timestamp"] = timestamp(SystemTime::now()).into();
    message
}

/// ISO-8601 in UTC. A year begins in March here, so that the leap day is its last.
fn timestamp(at: SystemTime) -> String {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (since.as_secs() / 86_400 + 719_468, since.as_secs() % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let ms = since.subsec_millis();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}
