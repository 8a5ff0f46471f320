//! The native half of the Python package `scholiast`.
//!
//! Hands texts to the crate and its answers to Python, as objects or as columns of Apache Arrow. The other half, in
//! Python, reads files and is what users import. Deliberately absent: anything that decides.

mod columns;
mod documents;
mod engine;
mod errors;
mod export;
mod findings;
mod folder;
mod given;
mod mentions;
mod pending;
mod places;
mod statements;
mod threads;

use pyo3::prelude::*;

/// The native half of `scholiast`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::engine::{Engine, corpus_sources};
    #[pymodule_export]
    use crate::export::Columns;
    #[pymodule_export]
    use crate::findings::{Edit, Finding, Fix, Related, finding_of_state};
    #[pymodule_export]
    use crate::folder::Folder;
    #[pymodule_export]
    use crate::mentions::{Mention, mention_of_state};
    #[pymodule_export]
    use crate::pending::{ColumnPieces, PendingColumns};
    #[pymodule_export]
    use crate::statements::{join_statements, statement_matters};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods as _;
        module.add("OF_SOURCES", scholiast::embed::statement::OF_SOURCES)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
