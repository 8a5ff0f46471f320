//! stub
#![allow(missing_docs)]
use serde::{Deserialize, Serialize};
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Fault {
    MissingDiacritics,
}
