//! Where a learner is, and the address of that place: `#/step-id`, `#/glossary`, `#/glossary/term-id`,
//! `#/review`. An exercise has an address, too, `#/exercise-id`, which leads to its step.

use crate::Id;

/// A place that a learner can be at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A step, by its id; as an address, also that of an exercise in it.
    Step(Id),
    /// The glossary, and perhaps a term in it.
    Glossary(Option<Id>),
    /// The review of what was learned.
    Review,
}

/// The word that addresses the glossary, and so cannot be the id of a step.
pub const GLOSSARY: &str = "glossary";

/// The word that addresses the review, and so cannot be the id of a step or an exercise.
pub const REVIEW: &str = "review";

impl Place {
    /// The place that a fragment such as `#/least-privilege` addresses. Whether the course has it is not looked at.
    pub fn from_fragment(fragment: &str) -> Option<Place> {
        let mut parts = fragment.strip_prefix("#/")?.split('/');
        let place = match (parts.next()?, parts.next()) {
            (GLOSSARY, term) => Place::Glossary(term.filter(|term| !term.is_empty()).map(Id::from)),
            (REVIEW, None) => Place::Review,
            ("", _) => return None,
            (step, None) => Place::Step(step.into()),
            (_, Some(_)) => return None,
        };
        parts.next().is_none().then_some(place)
    }

    /// Its address.
    pub fn fragment(&self) -> String {
        match self {
            Place::Step(step) => ["#/", step].concat(),
            Place::Glossary(None) => ["#/", GLOSSARY].concat(),
            Place::Review => ["#/", REVIEW].concat(),
            Place::Glossary(Some(term)) => ["#/", GLOSSARY, "/", term].concat(),
        }
    }
}
