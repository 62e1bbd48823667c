//! The compiled form of a course: what is written is read back, and anything else is refused without a panic.

use crate::course;
use course::{
    course::{Course, Unreadable},
    progress::Progress,
    study::{Msg, Study},
};
use proptest::prelude::*;
use std::rc::Rc;

#[test]
fn what_was_written_is_read_back() {
    assert_eq!(Course::from_bytes(&course().to_bytes()).as_ref(), Ok(&*course()));
}

#[test]
fn another_version_another_file_and_a_longer_one_are_refused() {
    let bytes = course().to_bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("kurso course 1\n"), "a change of the form needs another version");
    let mut newer = bytes.clone();
    newer[13] += 1;
    for other in [newer, Vec::new(), b"kurso course 1\n".to_vec(), [&bytes[..], b"x"].concat(), bytes[15..].to_vec()] {
        assert_eq!(Course::from_bytes(&other), Err(Unreadable));
    }
}

#[test]
fn every_beginning_is_refused() {
    let bytes = course().to_bytes();
    for end in 0..bytes.len() {
        assert_eq!(Course::from_bytes(&bytes[..end]), Err(Unreadable), "the first {end} bytes");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Course::from_bytes(&[b"kurso course 1\n", &bytes[..]].concat());
    }

    #[test]
    fn any_damage_to_a_course_is_read_or_refused(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let mut bytes = course().to_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(course) = Course::from_bytes(&bytes) {
            // What is read must also be usable.
            let course = Rc::new(course);
            let study = Study::new(course.clone(), Progress::new(&course), None);
            for exercise in course.exercises() {
                exercise.grade(&exercise.key());
                study.update(Msg::Checked { exercise: exercise.id.clone(), anyway: false }, 1);
            }
            let again = Course::from_bytes(&course.to_bytes());
            prop_assert_eq!(again.as_ref(), Ok(&*course));
        }
    }
}
