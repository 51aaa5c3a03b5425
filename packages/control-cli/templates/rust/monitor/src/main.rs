//! {{does}}. `poll` is yours; jlp.rs speaks the protocol.

mod jlp;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io, mem};

use jlp::{Activity, Event, Plugin};
use serde_json::{Value, json};

const EVERY_S: u64 = 5;

/// Says each time that files came.
struct Arrivals {
    folder: PathBuf,
    known: Option<BTreeSet<String>>,
    events: usize,
}

impl Arrivals {
    fn poll(&mut self) -> io::Result<Option<Event>> {
        let names = names_in(&self.folder)?;
        let Some(known) = self.known.replace(names.clone()) else {
            return Ok(None);
        };
        let came: Vec<_> = names.difference(&known).collect();
        if came.is_empty() {
            return Ok(None);
        }
        self.events += 1;
        Ok(Some(("arrived", json!({"files": came}))))
    }
}

impl Plugin for Arrivals {
    const EVERY: Option<Duration> = Some(Duration::from_secs(EVERY_S));

    fn monitor(&self) -> Option<Value> {
        Some(json!({
            "label": "{{identifier}}",
            "data_header": "files",
            "resets_cooldown": true,
            "poll_interval_s": EVERY_S,
        }))
    }

    fn look(&mut self) -> io::Result<Vec<Event>> {
        Ok(self.poll()?.into_iter().collect())
    }

    fn summarize(&mut self) -> (Value, Activity) {
        (
            json!({"events": mem::take(&mut self.events)}),
            Activity::Passive,
        )
    }
}

fn main() {
    let folder = jlp::setting("folder").map_or_else(jlp::own_folder, PathBuf::from);
    let arrivals = Arrivals {
        folder,
        known: None,
        events: 0,
    };
    jlp::run(arrivals, env!("CARGO_PKG_VERSION"));
}

/// The files of a folder, but for hidden ones.
fn names_in(folder: &Path) -> io::Result<BTreeSet<String>> {
    let names =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    names
        .filter(|name| !name.as_ref().is_ok_and(|name| name.starts_with('.')))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_came() -> io::Result<()> {
        let folder =
            std::env::temp_dir().join(format!("{}-{}", env!("CARGO_PKG_NAME"), std::process::id()));
        fs::create_dir_all(&folder)?;
        let mut arrivals = Arrivals {
            folder: folder.clone(),
            known: None,
            events: 0,
        };
        assert_eq!(arrivals.poll()?, None);
        fs::write(folder.join("letter.txt"), "Dear Ada")?;
        assert_eq!(
            arrivals.poll()?,
            Some(("arrived", json!({"files": ["letter.txt"]})))
        );
        assert_eq!(arrivals.poll()?, None);
        assert_eq!(
            arrivals.summarize(),
            (json!({"events": 1}), Activity::Passive)
        );
        fs::remove_dir_all(folder)
    }
}
