//! {{does}}. `collect` and `report` are yours; jlp.rs speaks the protocol.

mod jlp;

use std::fs;
use std::path::PathBuf;

use jlp::{CallError, Plugin};
use serde_json::{Map, Value, json};

type Figures = Map<String, Value>;

/// Each with its unit and a description.
const METRICS: [(&str, &str, &str); 2] = [
    ("files", "files", "Files in the folder"),
    ("bytes", "bytes", "What they hold"),
];

struct Reporter {
    folder: PathBuf,
}

impl Reporter {
    /// Takes `{"metrics": ids, "time_range": {"from", "to"}}` and gives figures by id.
    fn collect(&self, params: &Value) -> Result<Figures, CallError> {
        let (mut files, mut bytes) = (0, 0);
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let facts = entry.metadata()?;
            if facts.is_file() && !entry.file_name().to_string_lossy().starts_with('.') {
                files += 1;
                bytes += facts.len();
            }
        }
        let counted = json!({"files": files, "bytes": bytes});
        let every = json!(METRICS.map(|(id, ..)| id));
        let ids = if params["metrics"].is_null() {
            &every
        } else {
            &params["metrics"]
        };
        let figure =
            |id: &Value| Some((id.as_str()?.to_owned(), counted.get(id.as_str()?)?.clone()));
        let figures: Option<Figures> = ids
            .as_array()
            .and_then(|ids| ids.iter().map(figure).collect());
        figures.ok_or_else(|| CallError::new("unknown-metric", "there is files, bytes"))
    }

    /// Takes `{"metrics": ids or figures, "format": "text" or "json"}`.
    fn report(&self, params: &Value) -> Result<Value, CallError> {
        let figures = match &params["metrics"] {
            Value::Object(collected) => collected.clone(),
            _ => self.collect(params)?,
        };
        if params["format"] == "json" {
            return Ok(figures.into());
        }
        let known = METRICS
            .iter()
            .filter_map(|(id, ..)| Some(format!("{} {id}", figures.get(*id)?)));
        Ok(known.collect::<Vec<_>>().join(", ").into())
    }
}

impl Plugin for Reporter {
    const INTERFACES: &[&str] = &["analytics"];

    fn call(&mut self, interface: &str, method: &str, params: &Value) -> Result<Value, CallError> {
        match (interface, method) {
            ("analytics", "metrics") => Ok(metrics()),
            ("analytics", "collect") => self.collect(params).map(Value::from),
            ("analytics", "report") => self.report(params),
            _ => Err(CallError::not_offered(interface, method)),
        }
    }
}

fn main() {
    let folder = jlp::setting("folder").map_or_else(jlp::own_folder, PathBuf::from);
    jlp::run(Reporter { folder }, env!("CARGO_PKG_VERSION"));
}

fn metrics() -> Value {
    let metric =
        |(id, unit, description)| json!({"id": id, "unit": unit, "description": description});
    METRICS.map(metric).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_a_folder() -> Result<(), CallError> {
        let folder =
            std::env::temp_dir().join(format!("{}-{}", env!("CARGO_PKG_NAME"), std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("letter.txt"), "Dear Ada")?;
        fs::write(folder.join(".hidden"), "not counted")?;
        let reporter = Reporter { folder };
        assert_eq!(
            Value::from(reporter.collect(&json!({"metrics": ["bytes"]}))?),
            json!({"bytes": 8})
        );
        assert_eq!(
            reporter.report(&json!({"format": "text"}))?,
            "1 files, 8 bytes"
        );
        assert_eq!(
            reporter.report(&json!({"metrics": {"files": 3}}))?,
            "3 files"
        );
        assert!(reporter.collect(&json!({"metrics": ["love"]})).is_err());
        Ok(fs::remove_dir_all(reporter.folder)?)
    }
}
