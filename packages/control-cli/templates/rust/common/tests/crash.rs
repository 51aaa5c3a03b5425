//! What was seen outlives a crash: the program is killed, says it again, and no more once the
//! collector has it.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::{env, fs, process};

use serde_json::{Value, json};

const PROGRAM: &str = env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME")));

struct Life {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    stream: Value,
}

impl Life {
    /// Starts the program and tells it what the collector has of its evidence.
    fn begin(folder: &Path, through: u64) -> Life {
        Life::watching(folder, folder, through)
    }

    fn watching(watched: &Path, folder: &Path, through: u64) -> Life {
        let mut child = Command::new(PROGRAM)
            .env("MIMOLO_CONFIG", json!({"folder": watched}).to_string())
            .env("MIMOLO_AGENT_DATA_DIR", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut life = Life {
            child,
            lines,
            stream: Value::Null,
        };
        life.stream = life.next("handshake")["stream"].clone();
        life.tell("ack", json!({"heartbeat_interval_s": 0.1}));
        life.tell(
            "committed",
            json!({"stream": life.stream, "through": through}),
        );
        life
    }

    fn tell(&mut self, cmd: &str, params: Value) {
        let stdin = self.child.stdin.as_mut().expect("a pipe");
        writeln!(stdin, "{}", json!({"cmd": cmd, "params": params})).expect("it reads");
    }

    /// The next message of this kind. It says something ten times a second: so this ends.
    fn next(&mut self, kind: &str) -> Value {
        for line in self.lines.by_ref().take(100) {
            let message: Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
            if message["type"] == kind {
                return message;
            }
        }
        panic!("no {kind}");
    }

    fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

#[test]
fn evidence_outlives_a_crash() {
    let folder = env::temp_dir().join(format!(
        "{}-crash-{}",
        env!("CARGO_PKG_NAME"),
        process::id()
    ));
    fs::create_dir_all(&folder).expect("a folder");

    let mut first = Life::begin(&folder, 0);
    first.tell("flush", json!({}));
    let summary = first.next("summary");
    assert_eq!(summary["seq"], 1);
    let stream = first.stream.clone();
    first.kill();

    let mut again = Life::begin(&folder, 0);
    assert_eq!(again.stream, stream);
    assert_eq!(
        again.next("summary"),
        summary,
        "what nobody has for good comes again, as it was"
    );
    again.kill();

    let mut last = Life::begin(&folder, 1);
    last.tell("flush", json!({}));
    assert_eq!(
        last.next("summary")["seq"],
        2,
        "what the collector has is not sent again"
    );
    drop(last.child.stdin.take());
    assert!(last.child.wait().expect("it ends").success());
    fs::remove_dir_all(folder).expect("nobody writes there any more");
}

#[test]
fn what_it_cannot_see_is_not_idle() {
    let folder = env::temp_dir().join(format!(
        "{}-blind-{}",
        env!("CARGO_PKG_NAME"),
        process::id()
    ));
    fs::create_dir_all(&folder).expect("a folder");
    let mut life = Life::watching(&folder.join("gone"), &folder, 0);
    life.tell("flush", json!({}));
    let summary = life.next("summary");
    assert_eq!(summary["data"]["activity_signal"]["keep_alive"], Value::Null);
    life.kill();
    fs::remove_dir_all(folder).expect("nobody writes there any more");
}
