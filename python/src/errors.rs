//! The exceptions of the package, which are written in Python.

use pyo3::BoundObject as _;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// The exception of this name, made from these arguments.
pub fn raised<'py>(py: Python<'py>, name: &str, arguments: impl IntoPyObject<'py, Target = PyTuple>) -> PyErr {
    let made = || -> PyResult<Bound<'py, PyAny>> {
        let class = py.import("scholiast._errors")?.getattr(name)?;
        let arguments = arguments.into_pyobject(py).map_err(Into::<PyErr>::into)?;
        class.call1(arguments.into_bound())
    };
    made().map_or_else(|error| error, PyErr::from_value)
}
