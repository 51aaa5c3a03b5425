//! {{does}}. `look` and `summarize` are yours; jlp.rs speaks the protocol.

mod jlp;

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;
use std::{fs, io};

use jlp::{Activity, Plugin};
use serde_json::{Value, json};

/// What came into a folder since it was last asked.
struct Arrivals {
    folder: PathBuf,
    known: Option<HashSet<OsString>>,
    came: usize,
}

impl Plugin for Arrivals {
    const EVERY: Duration = Duration::from_secs(5);

    fn look(&mut self) -> io::Result<()> {
        let mut names = HashSet::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if !name.to_string_lossy().starts_with('.') {
                names.insert(name);
            }
        }
        if let Some(known) = &self.known {
            self.came += names.difference(known).count();
        }
        self.known = Some(names);
        Ok(())
    }

    fn summarize(&mut self) -> (Value, Activity) {
        let came = std::mem::take(&mut self.came);
        let files = self.known.as_ref().map_or(0, HashSet::len);
        let activity = if came > 0 { Activity::Worked } else { Activity::Idle };
        (json!({"came": came, "files": files}), activity)
    }
}

fn main() {
    let folder = jlp::setting("folder").map_or_else(jlp::own_folder, PathBuf::from);
    let arrivals = Arrivals { folder, known: None, came: 0 };
    jlp::run(arrivals, "{{version}}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_came_since_it_was_asked() -> io::Result<()> {
        let folder = std::env::temp_dir().join(format!("{{program}}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let mut arrivals = Arrivals { folder: folder.clone(), known: None, came: 0 };
        arrivals.look()?;
        assert_eq!(arrivals.summarize(), (json!({"came": 0, "files": 0}), Activity::Idle));
        fs::write(folder.join("letter.txt"), "Dear Ada")?;
        arrivals.look()?;
        assert_eq!(arrivals.summarize(), (json!({"came": 1, "files": 1}), Activity::Worked));
        fs::remove_dir_all(folder)
    }
}
