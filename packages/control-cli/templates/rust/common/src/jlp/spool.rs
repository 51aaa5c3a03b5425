//! Keeps evidence until the collector has it: numbered records, each written down before it is sent.
//!
//! A record is a file `<stream>.<number>.json`, under that name only once it is whole. An empty one
//! is settled; the newest of these stays, as the memory of the next number. Nothing is synced:
//! `kill -9` loses nothing, a power cut may take what was not committed. One process at a time.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::io::ErrorKind::{InvalidData, NotFound};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, io, mem};

use serde_json::Value;

const MOST_RECORDS_SENT: usize = 1024;
const MOST_BYTES_SENT: usize = 256 << 10;
const MOST_BYTES_KEPT: usize = 64 << 20;

pub struct Spool {
    /// The stream that the handshake names.
    pub announced: String,
    /// Why the disk takes nothing, while it does not. What it did not take waits in memory.
    pub fault: Option<String>,
    folder: PathBuf,
    stream: String,
    unwritten: VecDeque<Value>,
    /// On disk, not sent by this run: number → bytes of the line.
    waiting: BTreeMap<u64, usize>,
    /// Under way, not settled.
    sent: BTreeMap<u64, usize>,
    last: u64,
    first_new: u64,
    /// The empty file.
    memory: Option<PathBuf>,
    is_answered: bool,
    is_wanted: bool,
}

impl Spool {
    /// Opens what an earlier run left in `folder`, or begins a stream.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            if let Some((stream, seq)) = numbered(&path) {
                found.push((stream, seq, entry.metadata()?.len() as usize));
            } else if path.extension().is_some_and(|extension| extension == "tmp") {
                remove(&path); // half written by a run that was killed, and so never sent
            }
        }
        found.sort();
        let newest = found.last().map(|(stream, ..)| stream.clone());
        let stream = newest.unwrap_or_else(new_stream);
        let mut spool = Spool {
            announced: stream.clone(),
            fault: None,
            folder,
            stream,
            unwritten: VecDeque::new(),
            waiting: BTreeMap::new(),
            sent: BTreeMap::new(),
            last: 0,
            first_new: 1,
            memory: None,
            is_answered: false,
            is_wanted: false,
        };
        if found.is_empty() {
            spool.remember(0); // the stream is made with the spool, not with its first record
        }
        for (stream, seq, bytes) in found {
            let path = spool.folder.join(format!("{stream}.{seq}.json"));
            if stream != spool.stream {
                remove(&path);
            } else if bytes > 0 {
                spool.waiting.insert(seq, bytes + 1);
            } else if let Some(older) = spool.memory.replace(path) {
                remove(&older);
            }
            spool.last = seq;
        }
        spool.first_new = spool.last + 1;
        Ok(spool)
    }

    /// Whether another record may be added. While not, count on: the next summary covers more.
    pub fn has_room(&self) -> bool {
        let kept: usize = self.waiting.values().chain(self.sent.values()).sum();
        self.unwritten.len() < MOST_RECORDS_SENT && kept < MOST_BYTES_KEPT
    }

    /// Gives a message the next number. It is on disk when this returns, unless there is a `fault`.
    pub fn add(&mut self, message: Value) {
        self.unwritten.push_back(message);
        self.write_down();
    }

    /// The collector asks for evidence, so it may go before the first `committed`.
    pub fn wanted(&mut self) {
        self.is_wanted = true;
    }

    /// The collector's word: all up to `through`, and what it refused, is settled.
    pub fn committed(&mut self, params: &Value) {
        let Some(through) = params["through"].as_u64() else {
            return;
        };
        if params["stream"] != *self.stream {
            return;
        }
        let is_first = !mem::replace(&mut self.is_answered, true);
        let given = if self.sent.is_empty() {
            self.first_new - 1
        } else {
            self.last
        };
        if is_first && through > given {
            return self.begin_again();
        }
        for refusal in params["refused"].as_array().into_iter().flatten() {
            let seq = refusal["seq"].as_u64().unwrap_or(0);
            if self.waiting.contains_key(&seq) || self.sent.contains_key(&seq) {
                eprintln!("record {seq} was refused, and is dropped: {refusal}");
                self.settle(seq);
            }
        }
        let settled = self.numbers().into_iter();
        settled
            .take_while(|seq| *seq <= through)
            .for_each(|seq| self.settle(seq));
    }

    /// Takes the lines that may be sent now, in order. Beyond the window only one larger record goes,
    /// alone; the rest waits for `committed`.
    pub fn due(&mut self) -> Vec<String> {
        self.write_down();
        let mut lines = Vec::new();
        let mut under_way: usize = self.sent.values().sum();
        while let Some((&seq, &bytes)) = self.waiting.first_key_value() {
            let is_full =
                self.sent.len() >= MOST_RECORDS_SENT || under_way + bytes > MOST_BYTES_SENT;
            let may_go = self.is_answered || self.is_wanted;
            if !may_go || (is_full && !self.sent.is_empty()) {
                break;
            }
            match fs::read_to_string(self.path(seq)) {
                Ok(line) if line.starts_with('{') => {
                    self.waiting.remove(&seq);
                    self.sent.insert(seq, bytes);
                    under_way += bytes;
                    lines.push(line);
                }
                Err(error) if !matches!(error.kind(), NotFound | InvalidData) => {
                    self.fault = Some(error.to_string());
                    break;
                }
                // Spoilt, or taken away by somebody: the collector notes the gap.
                _ => {
                    eprintln!("record {seq} is no longer there");
                    self.settle(seq);
                }
            }
        }
        lines
    }

    /// A number is given only with the file: what the disk never took leaves no gap.
    fn write_down(&mut self) {
        self.fault = None;
        while let Some(message) = self.unwritten.front_mut() {
            let seq = self.last + 1;
            message["seq"] = seq.into();
            if self.stream != self.announced {
                message["stream"] = self.stream.as_str().into();
            }
            let line = message.to_string();
            let path = self.path(seq);
            let half = path.with_extension("tmp");
            if let Err(error) = fs::write(&half, &line).and_then(|()| fs::rename(&half, &path)) {
                self.fault = Some(error.to_string());
                return;
            }
            self.unwritten.pop_front();
            self.waiting.insert(seq, line.len() + 1);
            self.last = seq;
            if let Some(memory) = self.memory.take() {
                remove(&memory);
            }
        }
    }

    fn settle(&mut self, seq: u64) {
        self.waiting.remove(&seq);
        self.sent.remove(&seq);
        if seq == self.last {
            self.remember(seq);
        } else {
            remove(&self.path(seq));
        }
    }

    /// Empties the file of the last number, or makes it.
    fn remember(&mut self, seq: u64) {
        let path = self.path(seq);
        match fs::write(&path, "") {
            Ok(()) => self.memory = Some(path),
            Err(error) => self.fault = Some(error.to_string()),
        }
    }

    /// The collector has more of this stream than this folder ever gave: an old copy was put back.
    /// What this run added goes into a new stream; the rest was received long ago.
    fn begin_again(&mut self) {
        let old = self.numbers();
        for &seq in old.iter().rev().filter(|seq| **seq >= self.first_new) {
            let text = fs::read_to_string(self.path(seq)).unwrap_or_default();
            if let Ok(message @ Value::Object(_)) = serde_json::from_str(&text) {
                self.unwritten.push_front(message);
            }
        }
        let mut stale: Vec<PathBuf> = old.iter().map(|&seq| self.path(seq)).collect();
        stale.extend(self.memory.take());
        self.stream = new_stream();
        self.last = 0;
        self.waiting.clear();
        self.sent.clear();
        self.remember(0);
        self.write_down();
        stale.iter().for_each(|path| remove(path));
    }

    /// Those that are not settled, in order.
    fn numbers(&self) -> Vec<u64> {
        self.sent
            .keys()
            .chain(self.waiting.keys())
            .copied()
            .collect()
    }

    fn path(&self, seq: u64) -> PathBuf {
        self.folder.join(format!("{}.{seq}.json", self.stream))
    }
}

fn numbered(path: &Path) -> Option<(String, u64)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".json")?;
    let (stream, seq) = name.split_once('.')?;
    Some((stream.to_owned(), seq.parse().ok()?))
}

/// May fail: then a record is sent once more after the next start, and known there.
fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}

/// Random, and later ones sort later.
fn new_stream() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    format!(
        "{:011x}{:016x}",
        since.as_millis(),
        RandomState::new().hash_one(since)
    )
}
