//! Columns for any program that knows the Arrow C data interface.

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array as _, RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::ArrowError;
use arrow_select::concat::concat_batches;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// Columns of rows: hand it to `pyarrow.record_batch`, `pyarrow.table`, `polars.from_arrow` or whatever else speaks the
/// Arrow PyCapsule interface.
#[pyclass(frozen, module = "scholiast")]
pub struct Columns {
    batch: RecordBatch,
}

impl Columns {
    /// The columns of batches with one schema; at least one.
    pub fn new(batches: Vec<Result<RecordBatch, ArrowError>>) -> PyResult<Self> {
        let batches = batches.into_iter().collect::<Result<Vec<_>, _>>().map_err(|error| failure(&error))?;
        let first = batches.first().ok_or_else(|| PyRuntimeError::new_err("no columns were made"))?;
        let batch = match batches.len() {
            1 => first.clone(),
            _ => concat_batches(&first.schema(), &batches).map_err(|error| failure(&error))?,
        };
        Ok(Self { batch })
    }
}

fn failure(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

#[pymethods]
impl Columns {
    /// The number of rows.
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The schema as a capsule of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.batch.schema()).map_err(|error| failure(&error))?;
        PyCapsule::new_with_value(py, schema, SCHEMA)
    }

    /// Schema and rows as capsules of the Arrow C data interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // The interface lets a producer answer with the schema that it has.
        drop(requested_schema);
        let rows = FFI_ArrowArray::new(&StructArray::from(self.batch.clone()).to_data());
        Ok((self.__arrow_c_schema__(py)?, PyCapsule::new_with_value(py, rows, ARRAY)?))
    }

    /// The rows as a stream of one batch.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
    }

    fn __repr__(&self) -> String {
        format!("<Columns {} rows: {}>", self.batch.num_rows(), self.column_names().join(", "))
    }
}
