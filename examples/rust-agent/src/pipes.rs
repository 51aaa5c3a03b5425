//! The two pipes. One thread reads and one writes, so that a collector that does not read holds up nothing but lines.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

const LONGEST_COMMAND: u64 = 4 << 20;
/// Commands that are read ahead, and answers that may wait.
pub const MOST_UNANSWERED: usize = 32;

/// What the end of stdin means, and every signal.
pub fn hang_up() -> Value {
    json!({"cmd": "shutdown"})
}

/// Hands on every line that is a JSON object, and `hang_up` at the end. Other lines are passed over. While nobody reads the answers
/// (`unread` counts them) it waits: to obey further would only fill the memory.
pub fn read_commands(inbox: SyncSender<Value>, unread: Arc<AtomicUsize>) {
    thread::spawn(move || {
        let mut stdin = BufReader::new(io::stdin().lock());
        let mut line = Vec::new();
        let mut is_too_long = false;
        loop {
            while unread.load(Ordering::Relaxed) > MOST_UNANSWERED {
                thread::sleep(Duration::from_millis(20));
            }
            line.clear();
            match stdin
                .by_ref()
                .take(LONGEST_COMMAND)
                .read_until(b'\n', &mut line)
            {
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

pub struct Outbox {
    lines: Sender<String>,
    waiting: Arc<AtomicUsize>,
    ended: Receiver<()>,
}

impl Outbox {
    /// Begins to write to stdout; when nobody is there to read any more, `inbox` gets a `hang_up`.
    pub fn new(inbox: SyncSender<Value>) -> Self {
        let (lines, to_write) = channel::<String>();
        let (end, ended) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let written = Arc::clone(&waiting);
        thread::spawn(move || {
            let mut stdout = io::stdout();
            for line in to_write {
                if stdout
                    .write_all(line.as_bytes())
                    .and_then(|()| stdout.flush())
                    .is_err()
                {
                    let _ = inbox.send(hang_up());
                    break;
                }
                written.fetch_sub(1, Ordering::Relaxed);
            }
            let _ = end.send(());
        });
        Outbox {
            lines,
            waiting,
            ended,
        }
    }

    pub fn put(&self, message: &Value) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _ = self.lines.send(format!("{message}\n"));
    }

    /// Lines that nobody has taken; goes on counting.
    pub fn unread(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.waiting)
    }

    /// Whether all has been written.
    pub fn is_empty(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) == 0
    }

    /// Waits until all is written, but no longer than `patience`.
    pub fn close(self, patience: Duration) {
        drop(self.lines);
        let _ = self.ended.recv_timeout(patience);
    }
}
