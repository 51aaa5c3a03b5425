//! Speaks MiMoLo's protocol (JSON lines on stdin and stdout) for a plugin.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

const LONGEST_COMMAND: u64 = 4 << 20;

/// What was seen says of somebody's work; `Passive` says nothing.
#[derive(Debug, PartialEq)]
#[allow(dead_code)]
pub enum Activity {
    Worked,
    Idle,
    Passive,
}

/// What a plugin does; `run` does the rest.
pub trait Plugin {
    /// The time between two looks.
    const EVERY: Duration;
    fn look(&mut self) -> io::Result<()>;
    /// What was seen since the last time: a JSON object.
    fn summarize(&mut self) -> (Value, Activity);
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
    let (inbox, commands) = channel();
    let (lines, to_write) = channel::<String>();
    let waiting = Arc::new(AtomicUsize::new(0));
    let ended = write_lines(to_write, Arc::clone(&waiting), inbox.clone());
    obey_signals(inbox.clone());
    let now = Instant::now();
    let mut runner = Runner {
        plugin,
        lines,
        waiting,
        heartbeat: Duration::from_secs(5),
        next_look: now,
        next_beat: now,
        is_sampling: true,
        is_running: true,
    };
    runner.run(version, inbox, &commands);
    drop(runner);
    let _ = ended.recv_timeout(Duration::from_millis(1500));
}

struct Runner<P> {
    plugin: P,
    lines: Sender<String>,
    waiting: Arc<AtomicUsize>,
    heartbeat: Duration,
    next_look: Instant,
    next_beat: Instant,
    is_sampling: bool,
    is_running: bool,
}

impl<P: Plugin> Runner<P> {
    fn run(&mut self, version: &str, inbox: Sender<Value>, commands: &Receiver<Value>) {
        let capabilities = ["summary", "heartbeat", "status", "error"];
        self.say(
            "handshake",
            json!({"protocol_version": "0.4", "agent_version": version, "capabilities": capabilities}),
        );
        self.say("status", json!({"health": "ok"}));
        read_commands(inbox);
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
            self.next_look = now + P::EVERY;
            self.look();
        }
        if now >= self.next_beat {
            self.next_beat = now + self.heartbeat;
            // While nobody reads, one more sign of life would only wait, too.
            if self.waiting.load(Ordering::Relaxed) == 0 {
                self.say("heartbeat", json!({"metrics": {"queue": 0}}));
            }
        }
    }

    fn obey(&mut self, command: &Value) {
        let params = if command["params"].is_object() { &command["params"] } else { &command["args"] };
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
            "status" => {
                let details = json!({"sampling": self.is_sampling});
                self.say("status", json!({"health": "ok", "details": details}));
            }
            "sequence" => {
                let steps = command["sequence"].as_array().or(params["sequence"].as_array());
                for step in steps.into_iter().flatten().filter(|step| *step != "sequence") {
                    if self.is_running {
                        let mut one = command.clone();
                        one["cmd"] = step.clone();
                        self.obey(&one);
                    }
                }
            }
            "flush" | "stop" | "start" | "shutdown" => {
                self.look();
                if cmd == "flush" || cmd == "shutdown" {
                    self.report();
                }
                self.is_sampling = cmd == "start" || (self.is_sampling && cmd == "flush");
                self.is_running = cmd != "shutdown";
                let mut ack = json!({"ack_command": cmd});
                if let Some(id) = command.get("id") {
                    ack["id"] = id.clone();
                }
                self.say("ack", ack);
            }
            _ => {}
        }
    }

    fn look(&mut self) {
        if !self.is_sampling {
            return;
        }
        // What fails now may work next time.
        if let Err(error) = self.plugin.look() {
            self.say("error", json!({"message": error.to_string(), "code": "sample-failed"}));
        }
    }

    fn report(&mut self) {
        let (mut data, activity) = self.plugin.summarize();
        data["activity_signal"] = match activity {
            Activity::Passive => json!({"mode": "passive", "keep_alive": null}),
            worked => json!({"mode": "active", "keep_alive": worked == Activity::Worked}),
        };
        self.say("summary", json!({"data": data}));
    }

    fn say(&self, kind: &str, mut message: Value) {
        message["type"] = kind.into();
        message["timestamp"] = timestamp(SystemTime::now()).into();
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _ = self.lines.send(format!("{message}\n"));
    }
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

fn hang_up() -> Value {
    json!({"cmd": "shutdown"})
}

fn read_commands(inbox: Sender<Value>) {
    thread::spawn(move || {
        let mut stdin = BufReader::new(io::stdin().lock());
        let mut line = Vec::new();
        let mut is_too_long = false;
        loop {
            line.clear();
            match stdin.by_ref().take(LONGEST_COMMAND).read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            let is_whole = line.ends_with(b"\n") || (line.len() as u64) < LONGEST_COMMAND;
            if is_whole && !is_too_long {
                if let Ok(command @ Value::Object(_)) = serde_json::from_slice(&line) {
                    let _ = inbox.send(command);
                }
            }
            is_too_long = !is_whole;
        }
        let _ = inbox.send(hang_up());
    });
}

/// A thread of its own writes, so that a collector that does not read holds up nothing but lines.
fn write_lines(lines: Receiver<String>, waiting: Arc<AtomicUsize>, inbox: Sender<Value>) -> Receiver<()> {
    let (end, ended) = channel();
    thread::spawn(move || {
        let mut stdout = io::stdout();
        for line in lines {
            if stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush()).is_err() {
                let _ = inbox.send(hang_up());
                break;
            }
            waiting.fetch_sub(1, Ordering::Relaxed);
        }
        let _ = end.send(());
    });
    ended
}

#[cfg(unix)]
fn obey_signals(inbox: Sender<Value>) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) {
        thread::spawn(move || {
            for _ in signals.forever() {
                let _ = inbox.send(hang_up());
            }
        });
    }
}

#[cfg(not(unix))]
fn obey_signals(_inbox: Sender<Value>) {}
