//! Running a record and comparing it with what it is expected to show.
