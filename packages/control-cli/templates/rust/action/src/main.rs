//! {{does}}. `execute` is yours; jlp.rs speaks the protocol.

mod jlp;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use jlp::{CallError, Plugin};
use serde_json::{Value, json};

struct Notebook {
    notes: PathBuf,
}

impl Notebook {
    fn execute(&self, params: &Value) -> Result<Value, CallError> {
        let text = params["text"]
            .as_str()
            .filter(|text| !text.is_empty() && !text.contains('\n'));
        let Some(text) = text else {
            return Err(CallError::new(
                "invalid-params",
                "text is missing, or no line",
            ));
        };
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&self.notes)?;
        file.write_all(format!("{text}\n").as_bytes())?;
        Ok(json!({"lines": fs::read_to_string(&self.notes)?.lines().count()}))
    }
}

impl Plugin for Notebook {
    const INTERFACES: &[&str] = &["action"];

    fn call(&mut self, interface: &str, method: &str, params: &Value) -> Result<Value, CallError> {
        match (interface, method) {
            ("action", "execute") => self.execute(params),
            _ => Err(CallError::not_offered(interface, method)),
        }
    }
}

fn main() {
    let notes = jlp::own_folder().join("notes.txt");
    jlp::run(Notebook { notes }, env!("CARGO_PKG_VERSION"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_line() {
        let name = format!("{}-{}.txt", env!("CARGO_PKG_NAME"), std::process::id());
        let notebook = Notebook {
            notes: std::env::temp_dir().join(name),
        };
        assert_eq!(
            notebook.execute(&json!({"text": "one"})),
            Ok(json!({"lines": 1}))
        );
        assert_eq!(
            notebook.execute(&json!({"text": "two"})),
            Ok(json!({"lines": 2}))
        );
        fs::remove_file(notebook.notes).expect("it was written");
    }

    #[test]
    fn refuses_what_is_no_line() {
        let notebook = Notebook {
            notes: PathBuf::from("never-written.txt"),
        };
        for params in [Value::Null, json!({"text": 7}), json!({"text": "one\ntwo"})] {
            assert!(notebook.execute(&params).is_err(), "{params} was taken");
        }
    }
}
