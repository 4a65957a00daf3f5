//! Report → one output format a file. Enters: a [`crate::model::Report`]. Leaves: bytes on a writer. Reads the model only.
