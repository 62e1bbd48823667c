//! What the micro-benchmarks run on: courses of any size, and learners who have got anywhere in them.
//!
//! [`generator`] writes a course as its authors would, in Markdown. [`subjects`] makes of it what is measured, and is
//! the only module that knows how the compiler and the course are called.

pub mod generator;
pub mod learners;
pub mod subjects;
