//! {{does}}. `look` is yours; jlp.rs speaks the protocol.

mod jlp;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use jlp::{CallError, Event, Plugin};
use serde_json::{Value, json};

/// Fires `arrived` for each file that comes, while it is started.
struct Arrivals {
    folder: PathBuf,
    known: Option<BTreeSet<String>>,
}

impl Arrivals {
    fn start(&mut self) -> io::Result<()> {
        if self.known.is_none() {
            self.known = Some(names_in(&self.folder)?);
        }
        Ok(())
    }

    fn stop(&mut self) {
        self.known = None;
    }
}

impl Plugin for Arrivals {
    const EVERY: Option<Duration> = Some(Duration::from_secs(1));
    const INTERFACES: &[&str] = &["trigger"];

    fn look(&mut self) -> io::Result<Vec<Event>> {
        let Some(known) = &self.known else {
            return Ok(Vec::new());
        };
        let names = names_in(&self.folder)?;
        let came = names
            .difference(known)
            .map(|name| ("arrived", json!({"name": name})))
            .collect();
        self.known = Some(names);
        Ok(came)
    }

    fn call(&mut self, interface: &str, method: &str, _params: &Value) -> Result<Value, CallError> {
        match (interface, method) {
            ("trigger", "start") => self.start()?,
            ("trigger", "stop") => self.stop(),
            _ => return Err(CallError::not_offered(interface, method)),
        }
        Ok(Value::Null)
    }
}

fn main() {
    let folder = jlp::setting("folder").map_or_else(jlp::own_folder, PathBuf::from);
    jlp::run(
        Arrivals {
            folder,
            known: None,
        },
        env!("CARGO_PKG_VERSION"),
    );
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
    fn fires_while_it_is_started() -> io::Result<()> {
        let folder =
            std::env::temp_dir().join(format!("{}-{}", env!("CARGO_PKG_NAME"), std::process::id()));
        fs::create_dir_all(&folder)?;
        let mut arrivals = Arrivals {
            folder: folder.clone(),
            known: None,
        };
        arrivals.start()?;
        fs::write(folder.join("letter.txt"), "Dear Ada")?;
        assert_eq!(
            arrivals.look()?,
            [("arrived", json!({"name": "letter.txt"}))]
        );
        arrivals.stop();
        fs::write(folder.join("late.txt"), "Dear Ada")?;
        assert_eq!(arrivals.look()?, []);
        fs::remove_dir_all(folder)
    }
}
