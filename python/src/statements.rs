//! Statements about keys, as bytes that travel between machines.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use scholiast::embed::statement::{Statement, joined};

/// Joins statements by their keys: `[(key, statement)]`, in the order of keys.
#[pyfunction]
pub fn join_statements(py: Python<'_>, statements: Vec<PyBackedBytes>) -> PyResult<Vec<(String, Bound<'_, PyBytes>)>> {
    let statements = read(&statements)?;
    let joined = py.detach(|| joined(statements));
    Ok(joined.into_iter().map(|(key, said)| (key, PyBytes::new(py, &said.to_bytes()))).collect())
}

/// Tells whether any document may be judged otherwise for a joined statement than it is alone.
#[pyfunction]
pub fn statement_matters(statement: &[u8]) -> PyResult<bool> {
    Ok(one(statement)?.matters())
}

/// The statements that these bytes are.
pub fn read(statements: &[PyBackedBytes]) -> PyResult<Vec<Statement>> {
    statements.iter().map(|bytes| one(bytes)).collect()
}

fn one(bytes: &[u8]) -> PyResult<Statement> {
    let wrong = "these bytes are no statement of this version of scholiast: all workers must have the same version";
    Statement::from_bytes(bytes).ok_or_else(|| PyValueError::new_err(wrong))
}
