//! The two pipes. One thread reads and one writes, so that a collector that does not read holds up
//! nothing but lines.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

const LONGEST_COMMAND: u64 = 4 << 20;
/// With so many bytes to write no further command is read: its answer would only wait, too.
const MOST_WAITING: usize = 256 << 10;

/// What the end of stdin means, and every signal.
fn hang_up() -> Value {
    json!({"cmd": "shutdown"})
}

/// Hands on every line that is a JSON object, and `hang_up` at the end. Other lines are passed over.
pub fn read_commands(inbox: SyncSender<Value>, backlog: Arc<Backlog>) {
    thread::spawn(move || {
        let mut stdin = BufReader::new(io::stdin().lock());
        let mut line = Vec::new();
        let mut is_too_long = false;
        loop {
            backlog.wait();
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

/// Bytes that are not written yet.
#[derive(Default)]
pub struct Backlog {
    bytes: Mutex<usize>,
    shrank: Condvar,
}

impl Backlog {
    pub fn bytes(&self) -> usize {
        *self.bytes.lock().expect(WHOLE)
    }

    fn add(&self, bytes: usize) {
        *self.bytes.lock().expect(WHOLE) += bytes;
    }

    fn take(&self, bytes: usize) {
        *self.bytes.lock().expect(WHOLE) -= bytes;
        self.shrank.notify_all();
    }

    fn wait(&self) {
        let bytes = self.bytes.lock().expect(WHOLE);
        let room = self.shrank.wait_while(bytes, |bytes| *bytes > MOST_WAITING);
        drop(room.expect(WHOLE));
    }
}

const WHOLE: &str = "nobody panics while holding it";

pub struct Outbox {
    pub backlog: Arc<Backlog>,
    lines: Sender<String>,
    ended: Receiver<()>,
}

impl Outbox {
    /// Begins to write to stdout; once nobody is there to read, `inbox` gets a `hang_up`.
    pub fn new(inbox: SyncSender<Value>) -> Self {
        let (lines, to_write) = channel::<String>();
        let (end, ended) = channel();
        let backlog = Arc::<Backlog>::default();
        let written = Arc::clone(&backlog);
        thread::spawn(move || {
            let mut stdout = io::stdout();
            for line in to_write {
                let result = stdout.write_all(line.as_bytes());
                if result.and_then(|()| stdout.flush()).is_err() {
                    let _ = inbox.send(hang_up());
                    break;
                }
                written.take(line.len());
            }
            let _ = end.send(());
        });
        Outbox {
            backlog,
            lines,
            ended,
        }
    }

    /// Takes a line without its end.
    pub fn put(&self, mut line: String) {
        line.push('\n');
        self.backlog.add(line.len());
        let _ = self.lines.send(line);
    }

    /// Waits until all is written, but no longer than `patience`.
    pub fn close(self, patience: Duration) {
        drop(self.lines);
        let _ = self.ended.recv_timeout(patience);
    }
}

#[cfg(unix)]
pub fn obey_signals(inbox: SyncSender<Value>) {
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
pub fn obey_signals(_inbox: SyncSender<Value>) {}
