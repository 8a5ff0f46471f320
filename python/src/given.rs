//! Values that Python gives: texts, paths, and lists in which one bad value spoils no other.

use std::borrow::Cow;

use camino::Utf8Path;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyFloat, PyString};

/// A text as Python gives it: borrowed, never copied.
pub enum GivenText {
    /// A string.
    Text(PyBackedStr),
    /// The bytes of a file.
    Bytes(PyBackedBytes),
}

impl GivenText {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for GivenText {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        // Strings are most of what comes, and to try them costs least.
        if let Ok(text) = given.extract::<PyBackedStr>() {
            return Ok(Self::Text(text));
        }
        given.extract::<PyBackedBytes>().map(Self::Bytes).map_err(|_| unusable(given, "the text", "str or bytes"))
    }
}

/// A text that must be a string.
pub struct GivenString(PyBackedStr);

impl GivenString {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for GivenString {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        given.extract().map(Self).map_err(|_| unusable(given, "the text", "str"))
    }
}

/// The path of a text.
pub struct GivenPath(PyBackedStr);

impl GivenPath {
    /// The path.
    pub fn as_path(&self) -> &Utf8Path {
        Utf8Path::new(&*self.0)
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for GivenPath {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        given.extract().map(Self).map_err(|_| unusable(given, "the path", "str or os.PathLike"))
    }
}

/// The error for a value that is none of the wanted types, or a string that is no UTF-8.
fn unusable(given: Borrowed<'_, '_, PyAny>, what: &str, wanted: &str) -> PyErr {
    if given.is_instance_of::<PyString>() {
        return PyValueError::new_err(format!(
            "{what} has lone surrogates, which UTF-8 cannot hold; decode its bytes again"
        ));
    }
    match given.get_type().name() {
        Ok(name) => PyTypeError::new_err(format!("{what} must be {wanted}, not {name}")),
        Err(error) => error,
    }
}

/// One of many values.
pub enum GivenItem<T> {
    /// A value.
    Usable(T),
    /// None, or whatever else a library calls missing.
    Missing,
    /// A value that is none, with the reason.
    Unusable(String),
}

impl<T> GivenItem<T> {
    /// The value, where there is one.
    pub const fn find(&self) -> Option<&T> {
        match self {
            Self::Usable(value) => Some(value),
            Self::Missing | Self::Unusable(_) => None,
        }
    }

    /// The value, or the reason why there is none: `missing`, where nothing was given.
    pub fn get(&self, missing: &'static str) -> Result<&T, Cow<'_, str>> {
        match self {
            Self::Usable(value) => Ok(value),
            Self::Missing => Err(missing.into()),
            Self::Unusable(reason) => Err(reason.into()),
        }
    }
}

impl<'a, 'py, T: FromPyObject<'a, 'py, Error = PyErr>> FromPyObject<'a, 'py> for GivenItem<T> {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if given.is_none() {
            return Ok(Self::Missing);
        }
        match given.extract() {
            Ok(value) => Ok(Self::Usable(value)),
            Err(_) if is_missing(given) => Ok(Self::Missing),
            Err(error) => Ok(Self::Unusable(error.value(given.py()).to_string())),
        }
    }
}

/// Tells whether a value is what NumPy and pandas put where there is none.
fn is_missing(given: Borrowed<'_, '_, PyAny>) -> bool {
    let is_nan = given.cast::<PyFloat>().is_ok_and(|number| number.value().is_nan());
    is_nan || given.get_type().name().is_ok_and(|name| name == "NAType" || name == "NaTType")
}
