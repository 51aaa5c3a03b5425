//! The two pipes. One thread reads and one writes, so that a collector that does not read holds up
//! nothing but lines.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

const LONGEST_COMMAND: u64 = 4 << 20;

/// What the end of stdin means, and every signal.
fn hang_up() -> Value {
    json!({"cmd": "shutdown"})
}

/// Hands on every line that is a JSON object, and `hang_up` at the end. Other lines are passed over.
pub fn read_commands(inbox: Sender<Value>) {
    thread::spawn(move || {
        let mut stdin = BufReader::new(io::stdin().lock());
        let mut line = Vec::new();
        let mut is_too_long = false;
        loop {
            line.clear();
            let mut part = stdin.by_ref().take(LONGEST_COMMAND);
            match part.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            let is_whole = line.ends_with(b"\n") || (line.len() as u64) < LONGEST_COMMAND;
            match serde_json::from_slice(&line) {
                Ok(command @ Value::Object(_)) if is_whole && !is_too_long => {
                    let _ = inbox.send(command);
                }
                _ => {}
            }
            is_too_long = !is_whole;
        }
        let _ = inbox.send(hang_up());
    });
}

pub struct Outbox {
    lines: Sender<String>,
    waiting: Arc<AtomicUsize>,
    ended: Receiver<()>,
}

impl Outbox {
    /// Begins to write to stdout; once nobody is there to read, `inbox` gets a `hang_up`.
    pub fn new(inbox: Sender<Value>) -> Self {
        let (lines, to_write) = channel::<String>();
        let (end, ended) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let unwritten = Arc::clone(&waiting);
        thread::spawn(move || {
            let mut stdout = io::stdout();
            for line in to_write {
                let written = stdout.write_all(line.as_bytes());
                if written.and_then(|()| stdout.flush()).is_err() {
                    let _ = inbox.send(hang_up());
                    break;
                }
                unwritten.fetch_sub(1, Ordering::Relaxed);
            }
            let _ = end.send(());
        });
        Outbox {
            lines,
            waiting,
            ended,
        }
    }

    /// Takes a line without its end.
    pub fn put(&self, mut line: String) {
        line.push('\n');
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _ = self.lines.send(line);
    }

    /// Lines that are not written yet.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Waits until all is written, but no longer than `patience`.
    pub fn close(self, patience: Duration) {
        drop(self.lines);
        let _ = self.ended.recv_timeout(patience);
    }
}

#[cfg(unix)]
pub fn obey_signals(inbox: Sender<Value>) {
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
pub fn obey_signals(_inbox: Sender<Value>) {}
