//! How many words did I write? Counts those in the text files of a folder and says how they changed.
//! It knows nothing but the protocol page: JSON lines in, JSON lines out.
//!
//! Settings (`MIMOLO_CONFIG`): `folder`, default the working directory; `extensions`, default `["md", "txt"]`;
//! `poll_interval_s`, default 20.

mod pipes;
mod words;

use std::env;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use pipes::Outbox;
use serde_json::{Value, json};
use words::Words;

/// For a collector that does not read: it kills 2 s after SIGTERM.
const LAST_WORDS: Duration = Duration::from_millis(1500);

struct Agent {
    words: Words,
    outbox: Outbox,
    every: Duration,
    factor: f64,
    heartbeat: Duration,
    next_look: Instant,
    next_beat: Instant,
    began: Instant,
    window_began: Instant,
    samples: u64,
    is_sampling: bool,
    is_running: bool,
}

fn main() {
    let (inbox, commands) = sync_channel(pipes::MOST_UNANSWERED);
    let config: Value = env::var("MIMOLO_CONFIG")
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let folder = PathBuf::from(config["folder"].as_str().unwrap_or("."));
    let extensions = match config["extensions"].as_array() {
        Some(names) => names
            .iter()
            .filter_map(Value::as_str)
            .map(|name| name.trim_start_matches('.').to_lowercase())
            .collect(),
        None => vec!["md".to_owned(), "txt".to_owned()],
    };
    // The folder above the agents' own is the collector's: what it writes there is not the user's work.
    let private = env::var_os("MIMOLO_DATA_DIR")
        .and_then(|path| Path::new(&path).parent().map(Path::to_owned));
    let now = Instant::now();
    let mut agent = Agent {
        words: Words::new(folder, extensions, private),
        outbox: Outbox::new(inbox.clone()),
        every: seconds(&config["poll_interval_s"]).unwrap_or(Duration::from_secs(20)),
        factor: 1.0,
        heartbeat: Duration::from_secs(5),
        next_look: now,
        next_beat: now,
        began: now,
        window_began: now,
        samples: 0,
        is_sampling: true,
        is_running: true,
    };
    obey_signals(inbox.clone());
    agent.run(inbox, &commands);
    agent.outbox.close(LAST_WORDS);
}

impl Agent {
    fn run(&mut self, inbox: SyncSender<Value>, commands: &Receiver<Value>) {
        self.say(
            "handshake",
            json!({
                "protocol_version": "0.4",
                "agent_version": env!("CARGO_PKG_VERSION"),
                "capabilities": ["summary", "heartbeat", "status", "throttle"],
            }),
        );
        pipes::read_commands(inbox, self.outbox.unread());
        self.say_status(None);
        while self.is_running {
            let next = self.next_look.min(self.next_beat);
            match commands.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(command) => self.obey(&command),
                Err(RecvTimeoutError::Timeout) => self.tick(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn tick(&mut self) {
        let now = Instant::now();
        if now >= self.next_look {
            self.look();
            self.next_look = now + self.every.mul_f64(self.factor);
        }
        if now >= self.next_beat {
            self.beat();
            self.next_beat = now + self.heartbeat;
        }
    }

    fn obey(&mut self, command: &Value) {
        let params = if command["params"].is_object() {
            &command["params"]
        } else {
            &command["args"]
        };
        let cmd = command["cmd"].as_str().unwrap_or_default();
        match cmd {
            "ack" => {
                self.heartbeat = seconds(&params["heartbeat_interval_s"]).unwrap_or(self.heartbeat);
                self.next_beat = self.next_beat.min(Instant::now() + self.heartbeat);
            }
            "reject" => self.is_running = false,
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
                        let mut one = command.clone();
                        one["cmd"] = step.clone();
                        self.obey(&one);
                    }
                }
            }
            "status" => self.say_status(None),
            "throttle" => {
                self.factor = params["factor"].as_f64().unwrap_or(1.0).clamp(1.0, 1000.0);
                let interval = self.every.mul_f64(self.factor);
                self.next_look = Instant::now() + interval;
                let tuned = json!({"factor": self.factor, "poll_interval_s": interval.as_secs_f64(), "reason": "throttled"});
                self.say_status(Some(tuned));
            }
            "flush" => {
                self.summarize();
                self.acknowledge(cmd, command);
            }
            "stop" => {
                self.look(); // what was done until now still counts
                self.is_sampling = false;
                self.acknowledge(cmd, command);
            }
            "start" => {
                self.is_sampling = true;
                self.acknowledge(cmd, command);
            }
            "shutdown" => {
                self.look();
                if self.words.window.since.is_some() {
                    self.summarize();
                }
                self.acknowledge(cmd, command);
                self.is_running = false;
            }
            _ => {}
        }
    }

    fn look(&mut self) {
        if self.is_sampling {
            self.samples += 1;
            self.words.look();
        }
    }

    fn summarize(&mut self) {
        self.look();
        let window = std::mem::take(&mut self.words.window);
        let now = Instant::now();
        let since = window.since.unwrap_or(self.window_began);
        let reason = format!("{} words written, {} deleted", window.added, window.removed);
        self.say("summary", json!({
            "data": {
                "added": window.added,
                "removed": window.removed,
                "files": window.files,
                "total": self.words.total(),
                "activity_signal": {"mode": "active", "keep_alive": window.since.is_some(), "reason": reason},
            },
            "metrics": {"samples": self.samples, "interval_s": (now - since).as_secs_f64()},
        }));
        self.window_began = now;
        self.samples = 0;
    }

    /// While nobody reads, one more sign of life would only wait, too.
    fn beat(&self) {
        if self.outbox.is_empty() {
            let pending = self.words.window.files;
            self.say(
                "heartbeat",
                json!({"metrics": {"pending": pending, "queue": 0}}),
            );
        }
    }

    fn say_status(&self, tuned: Option<Value>) {
        let details = json!({"sampling": self.is_sampling, "files": self.words.files()});
        let mut status =
            json!({"health": "ok", "uptime_s": self.began.elapsed().as_secs(), "details": details});
        if let Some(tuned) = tuned {
            status["tuned"] = tuned;
        }
        self.say("status", status);
    }

    fn acknowledge(&self, cmd: &str, command: &Value) {
        let mut ack = json!({"ack_command": cmd});
        if let Some(id) = command.get("id") {
            ack["id"] = id.clone();
        }
        self.say("ack", ack);
    }

    fn say(&self, kind: &str, mut message: Value) {
        message["type"] = kind.into();
        message["timestamp"] = timestamp(SystemTime::now()).into();
        self.outbox.put(&message);
    }
}

/// A number of seconds that can be waited for.
fn seconds(value: &Value) -> Option<Duration> {
    value
        .as_f64()
        .filter(|seconds| (0.001..=1e6).contains(seconds))
        .map(Duration::from_secs_f64)
}

/// ISO-8601 in UTC. A year begins in March here, so that the leap day is its last.
fn timestamp(at: SystemTime) -> String {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (since.as_secs() / 86_400 + 719_468, since.as_secs() % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (
        day - (153 * month + 2) / 5 + 1,
        if month < 10 { month + 3 } else { month - 9 },
    );
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
        since.subsec_millis()
    )
}

#[cfg(unix)]
fn obey_signals(inbox: SyncSender<Value>) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) {
        std::thread::spawn(move || {
            for _ in signals.forever() {
                let _ = inbox.send(pipes::hang_up());
            }
        });
    }
}

#[cfg(not(unix))]
fn obey_signals(_inbox: SyncSender<Value>) {}
