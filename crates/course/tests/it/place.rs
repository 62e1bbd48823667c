use course::place::Place;

#[track_caller]
fn check(fragment: &str, place: Option<Place>) {
    assert_eq!(Place::from_fragment(fragment), place, "{fragment}");
    if let Some(place) = place {
        assert_eq!(place.fragment().trim_end_matches('/'), fragment.trim_end_matches('/'));
    }
}

#[test]
fn em8_places_have_addresses() {
    check("#/least-privilege", Some(Place::Step("least-privilege".into())));
    check("#/glossary", Some(Place::Glossary(None)));
    check("#/glossary/", Some(Place::Glossary(None)));
    check("#/glossary/mfa", Some(Place::Glossary(Some("mfa".into()))));
    check("", None);
    check("#", None);
    check("#/", None);
    check("#section", None);
    check("#progress=eJwrSSwq", None);
    check("#/a/b", None);
    check("#/glossary/a/b", None);
}
