//! Columns of many texts that are made when they are asked for: all at once on all threads, or a piece at a time while a
//! thread of its own looks at the texts.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::Builder;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use scholiast::embed::document::GivenDocument;

use crate::documents::GivenDocuments;
use crate::export::Columns;
use crate::threads::{StopSign, wait, work};

/// The rows after which a piece is handed on: some megabytes, where most rows are findings with a fix.
const PIECE_ROWS: usize = 4096;

/// Columns to which rows are added.
pub trait RowColumns: Send + 'static {
    /// The number of rows.
    fn rows(&self) -> usize;

    /// Adds a row that says why the `document`th text could not be looked at.
    fn push_error(&mut self, document: usize, path: Option<&str>, error: &str);

    /// The columns.
    fn finish(self) -> Result<RecordBatch, ArrowError>;
}

/// What travels from the thread that looks at texts: pieces, then nothing.
type Piece = std::thread::Result<Option<Result<RecordBatch, ArrowError>>>;

/// Rows that are being made. Where somebody takes them piece by piece, they are handed on before they are many.
pub struct Rows<C> {
    columns: C,
    new: fn() -> C,
    taker: Option<Taker>,
}

/// Somebody who takes rows piece by piece.
struct Taker {
    pieces: mpsc::SyncSender<Piece>,
    has_any: bool,
    is_gone: bool,
}

impl<C: RowColumns> Rows<C> {
    fn new(new: fn() -> C, pieces: Option<mpsc::SyncSender<Piece>>) -> Self {
        let taker = pieces.map(|pieces| Taker { pieces, has_any: false, is_gone: false });
        Self { columns: new(), new, taker }
    }

    /// Adds a row.
    pub fn add(&mut self, add: impl FnOnce(&mut C)) {
        add(&mut self.columns);
        if self.columns.rows() >= PIECE_ROWS {
            self.hand_on();
        }
    }

    fn hand_on(&mut self) {
        if let Some(taker) = &mut self.taker {
            let piece = std::mem::replace(&mut self.columns, (self.new)()).finish();
            taker.has_any = true;
            taker.is_gone |= taker.pieces.send(Ok(Some(piece))).is_err();
        }
    }

    /// Hands on what is left, at least one piece: it says which columns there are.
    fn hand_on_the_rest(&mut self) {
        if self.columns.rows() > 0 || self.taker.as_ref().is_some_and(|taker| !taker.has_any) {
            self.hand_on();
        }
    }

    fn nobody_takes(&self) -> bool {
        self.taker.as_ref().is_some_and(|taker| taker.is_gone)
    }
}

/// The way in which rows are made of a text, which has a number.
pub type Look<C> = Box<dyn Fn(&mut Rows<C>, usize, GivenDocument<'_>) + Send + Sync>;

/// Texts, and what is looked for in them.
struct Looked<C> {
    documents: GivenDocuments,
    new: fn() -> C,
    look: Look<C>,
}

/// Texts, and what is looked for in them, whatever the columns are.
trait PendingRows: Send + Sync {
    fn all(&self, stop: &StopSign) -> Vec<Result<RecordBatch, ArrowError>>;

    fn in_pieces(&self, pieces: mpsc::SyncSender<Piece>);
}

fn push_error<C: RowColumns>(rows: &mut Rows<C>, number: usize, path: Option<&str>, error: &str) {
    rows.add(|columns| columns.push_error(number, path, error));
}

impl<C: RowColumns> PendingRows for Looked<C> {
    fn all(&self, stop: &StopSign) -> Vec<Result<RecordBatch, ArrowError>> {
        let look = |rows: &mut Rows<C>, number: usize, source: GivenDocument<'_>| (self.look)(rows, number, source);
        let made = self.documents.each(stop, || Rows::new(self.new, None), look, push_error);
        made.into_iter().map(|rows| rows.columns.finish()).collect()
    }

    fn in_pieces(&self, pieces: mpsc::SyncSender<Piece>) {
        let mut rows = Rows::new(self.new, Some(pieces));
        let look = |rows: &mut Rows<C>, number: usize, source: GivenDocument<'_>| (self.look)(rows, number, source);
        self.documents.in_order(&mut rows, Rows::nobody_takes, look, push_error);
        rows.hand_on_the_rest();
    }
}

/// The columns of many texts, not made yet.
#[pyclass(frozen, module = "scholiast._native")]
pub struct PendingColumns {
    looked: Arc<dyn PendingRows>,
}

impl PendingColumns {
    /// The columns of what is looked for in texts.
    pub fn new<C: RowColumns>(documents: GivenDocuments, new: fn() -> C, look: Look<C>) -> Self {
        Self { looked: Arc::new(Looked { documents, new, look }) }
    }
}

#[pymethods]
impl PendingColumns {
    /// All rows, made on so many threads: on all cores, where that is none.
    fn all(&self, py: Python<'_>, threads: Option<usize>) -> PyResult<Columns> {
        let batches = work(py, threads, |stop| self.looked.all(stop))?;
        py.detach(|| Columns::new(batches))
    }

    /// The rows a piece at a time, in the order of the texts, made on one other thread.
    fn pieces(&self) -> PyResult<ColumnPieces> {
        // Nobody works ahead: what is not taken yet is held in memory.
        let (send, pieces) = mpsc::sync_channel(0);
        let looked = self.looked.clone();
        let started = Builder::new().spawn(move || {
            let end = catch_unwind(AssertUnwindSafe(|| looked.in_pieces(send.clone())));
            // Nobody is left to be told only where the taker is gone.
            let _ = send.send(end.map(|()| None));
        });
        started.map_err(|error| PyRuntimeError::new_err(format!("cannot start a thread: {error}")))?;
        Ok(ColumnPieces { pieces: Mutex::new(Some(pieces)) })
    }
}

/// The columns of many texts, a piece at a time.
#[pyclass(frozen, module = "scholiast._native")]
pub struct ColumnPieces {
    /// Nothing behind the last one.
    pieces: Mutex<Option<mpsc::Receiver<Piece>>>,
}

#[pymethods]
impl ColumnPieces {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Columns>> {
        let piece = py.detach(|| {
            let mut pieces = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(coming) = &*pieces else { return Ok(None) };
            let piece = wait(coming);
            if !matches!(piece, Ok(Some(_))) {
                *pieces = None;
            }
            piece
        })?;
        piece.map(|batch| Columns::new(vec![batch])).transpose()
    }
}
