//! How many words the text files of a folder hold, and how that changes. Only what changed is read again, and never more
//! than a slice at a time: a large folder takes longer to see, not more of the machine.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

const MOST_FILES: usize = 5_000;
const SLICE_BYTES: u64 = 8 << 20;
const LARGEST_TEXT: u64 = 4 << 20;
const IGNORED: [&str; 4] = ["node_modules", "target", "dist", "__pycache__"];

/// A file as it was when it was read last.
struct Text {
    modified: Option<SystemTime>,
    bytes: u64,
    words: u64,
    round: u64,
}

/// What happened since the last summary.
#[derive(Default)]
pub struct Window {
    pub added: u64,
    pub removed: u64,
    pub files: u64,
    /// When the first change was seen; none means that nobody wrote.
    pub since: Option<Instant>,
}

pub struct Words {
    folder: PathBuf,
    extensions: Vec<String>,
    private: Option<PathBuf>,
    texts: HashMap<PathBuf, Text>,
    round: u64,
    /// Until everything was read once, all is new to us, but not to the user.
    is_settled: bool,
    pub window: Window,
}

impl Words {
    /// `private` is a folder that is left alone, as the collector's own.
    pub fn new(folder: PathBuf, extensions: Vec<String>, private: Option<PathBuf>) -> Self {
        Words {
            folder,
            extensions,
            private: private.and_then(|path| path.canonicalize().ok()),
            texts: HashMap::new(),
            round: 0,
            is_settled: false,
            window: Window::default(),
        }
    }

    pub fn files(&self) -> usize {
        self.texts.len()
    }

    pub fn total(&self) -> u64 {
        self.texts.values().map(|text| text.words).sum()
    }

    /// One round through the folder.
    pub fn look(&mut self) {
        self.round += 1;
        let mut left = SLICE_BYTES;
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.flatten() {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                if name.starts_with('.') || IGNORED.contains(&&*name) {
                    continue;
                }
                if kind.is_dir() && !self.is_private(&entry.path()) {
                    folders.push(entry.path());
                } else if kind.is_file() && self.is_text(&entry.path()) {
                    left = self.look_at(entry.path(), left);
                }
            }
        }
        let round = self.round;
        let gone: u64 = self
            .texts
            .values()
            .filter(|text| text.round != round)
            .map(|text| text.words)
            .sum();
        self.texts.retain(|_, text| text.round == round);
        self.note(0, gone);
        self.is_settled |= left > 0;
    }

    /// Counts a file if it changed, and gives what is left of the slice.
    fn look_at(&mut self, path: PathBuf, left: u64) -> u64 {
        let Ok(facts) = fs::metadata(&path) else {
            return left;
        };
        let (bytes, modified) = (facts.len(), facts.modified().ok());
        let known = self.texts.get_mut(&path);
        let before = known.as_ref().map_or(0, |text| text.words);
        if let Some(text) = known {
            text.round = self.round;
            if left == 0 || (text.bytes, text.modified) == (bytes, modified) {
                return left;
            }
        } else if left == 0 || bytes > LARGEST_TEXT || self.texts.len() == MOST_FILES {
            return left;
        }
        let words = fs::read(&path).map_or(before, |text| count(&text));
        self.texts.insert(
            path,
            Text {
                modified,
                bytes,
                words,
                round: self.round,
            },
        );
        self.note(words.saturating_sub(before), before.saturating_sub(words));
        left.saturating_sub(bytes)
    }

    fn note(&mut self, added: u64, removed: u64) {
        if !self.is_settled || added + removed == 0 {
            return;
        }
        self.window.added += added;
        self.window.removed += removed;
        self.window.files += 1;
        self.window.since.get_or_insert_with(Instant::now);
    }

    fn is_text(&self, path: &Path) -> bool {
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| self.extensions.contains(&extension))
    }

    fn is_private(&self, path: &Path) -> bool {
        self.private.is_some() && path.canonicalize().ok() == self.private
    }
}

/// Words are what stands between spaces and has a letter or a digit in it.
fn count(text: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(text);
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count() as u64
}
