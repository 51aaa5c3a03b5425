//! {{does}}. `look` and `summarize` are yours; jlp.rs speaks the protocol.

mod jlp;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io, mem};

use jlp::{Activity, Event, Plugin};
use serde_json::{Value, json};

/// What came into a folder since it was last asked.
struct Arrivals {
    folder: PathBuf,
    known: Option<BTreeSet<String>>,
    came: usize,
}

impl Plugin for Arrivals {
    const EVERY: Option<Duration> = Some(Duration::from_secs(5));

    fn look(&mut self) -> io::Result<Vec<Event>> {
        let names = names_in(&self.folder)?;
        if let Some(known) = &self.known {
            self.came += names.difference(known).count();
        }
        self.known = Some(names);
        Ok(Vec::new())
    }

    fn summarize(&mut self) -> (Value, Activity) {
        let came = mem::take(&mut self.came);
        let files = self.known.as_ref().map_or(0, BTreeSet::len);
        let activity = if came > 0 {
            Activity::Worked
        } else {
            Activity::Idle
        };
        (json!({"came": came, "files": files}), activity)
    }
}

fn main() {
    let folder = jlp::setting("folder").map_or_else(jlp::own_folder, PathBuf::from);
    let arrivals = Arrivals {
        folder,
        known: None,
        came: 0,
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
    fn counts_what_came_since_it_was_asked() -> io::Result<()> {
        let folder =
            std::env::temp_dir().join(format!("{}-{}", env!("CARGO_PKG_NAME"), std::process::id()));
        fs::create_dir_all(&folder)?;
        let mut arrivals = Arrivals {
            folder: folder.clone(),
            known: None,
            came: 0,
        };
        arrivals.look()?;
        assert_eq!(
            arrivals.summarize(),
            (json!({"came": 0, "files": 0}), Activity::Idle)
        );
        fs::write(folder.join("letter.txt"), "Dear Ada")?;
        arrivals.look()?;
        assert_eq!(
            arrivals.summarize(),
            (json!({"came": 1, "files": 1}), Activity::Worked)
        );
        fs::remove_dir_all(folder)
    }
}
