//! Sentences that mean nothing, from words of the field and from names of a module's own.

/// What something is called.
const NOUNS: &[&str] = &[
    "account",
    "administrator",
    "agreement",
    "alarm",
    "alert",
    "archive",
    "attacker",
    "audit",
    "auditor",
    "backup",
    "balancer",
    "bastion",
    "baseline",
    "billing",
    "boundary",
    "breach",
    "browser",
    "bucket",
    "budget",
    "building",
    "cache",
    "certificate",
    "checksum",
    "cluster",
    "compliance",
    "console",
    "container",
    "contract",
    "control",
    "credential",
    "customer",
    "dashboard",
    "database",
    "deadline",
    "defect",
    "department",
    "deployment",
    "developer",
    "device",
    "directory",
    "disaster",
    "disk",
    "document",
    "drive",
    "encryption",
    "endpoint",
    "engine",
    "engineer",
    "environment",
    "evidence",
    "failure",
    "federation",
    "firewall",
    "firmware",
    "folder",
    "function",
    "gateway",
    "group",
    "hardware",
    "hypervisor",
    "identity",
    "image",
    "incident",
    "index",
    "instance",
    "inventory",
    "invoice",
    "journal",
    "kernel",
    "key",
    "laptop",
    "layer",
    "lease",
    "library",
    "license",
    "lifecycle",
    "lock",
    "log",
    "machine",
    "maintenance",
    "manager",
    "message",
    "metric",
    "migration",
    "mistake",
    "network",
    "notebook",
    "operator",
    "organization",
    "packet",
    "partition",
    "partner",
    "password",
    "patch",
    "permission",
    "pipeline",
    "policy",
    "port",
    "principal",
    "privilege",
    "procedure",
    "process",
    "proof",
    "protocol",
    "provider",
    "proxy",
    "queue",
    "quota",
    "record",
    "region",
    "regulation",
    "regulator",
    "release",
    "replica",
    "report",
    "repository",
    "request",
    "resource",
    "restore",
    "retention",
    "review",
    "risk",
    "role",
    "rotation",
    "route",
    "router",
    "rule",
    "runtime",
    "sandbox",
    "schedule",
    "schema",
    "script",
    "secret",
    "segment",
    "server",
    "service",
    "session",
    "setting",
    "shelf",
    "signature",
    "snapshot",
    "software",
    "stack",
    "standard",
    "statement",
    "storage",
    "stream",
    "subnet",
    "supplier",
    "support",
    "switch",
    "system",
    "table",
    "tag",
    "team",
    "template",
    "tenant",
    "threat",
    "ticket",
    "token",
    "topic",
    "traffic",
    "trail",
    "transfer",
    "trigger",
    "tunnel",
    "update",
    "upgrade",
    "user",
    "vault",
    "vendor",
    "version",
    "visitor",
    "volume",
    "warning",
    "website",
    "window",
    "workload",
    "zone",
];

/// What it is like.
const ADJECTIVES: &[&str] = &[
    "accidental",
    "additional",
    "annual",
    "automatic",
    "available",
    "broken",
    "central",
    "certified",
    "cheap",
    "clean",
    "complete",
    "confidential",
    "consistent",
    "critical",
    "daily",
    "dedicated",
    "default",
    "durable",
    "elastic",
    "encrypted",
    "expired",
    "external",
    "familiar",
    "federated",
    "forgotten",
    "former",
    "global",
    "hidden",
    "hourly",
    "idle",
    "immutable",
    "independent",
    "inherited",
    "inner",
    "internal",
    "isolated",
    "large",
    "leaked",
    "legal",
    "local",
    "logical",
    "managed",
    "manual",
    "medical",
    "minimal",
    "modern",
    "narrow",
    "national",
    "neighboring",
    "nightly",
    "numbered",
    "obsolete",
    "offline",
    "open",
    "ordinary",
    "outdated",
    "outer",
    "patched",
    "permanent",
    "physical",
    "planned",
    "portable",
    "powerful",
    "private",
    "proven",
    "public",
    "quiet",
    "rare",
    "readable",
    "recent",
    "redundant",
    "regional",
    "reliable",
    "remote",
    "replaceable",
    "responsible",
    "rented",
    "safe",
    "scheduled",
    "secondary",
    "sensitive",
    "separate",
    "serverless",
    "shared",
    "signed",
    "silent",
    "single",
    "small",
    "stateful",
    "stateless",
    "static",
    "stolen",
    "strict",
    "suspicious",
    "tagged",
    "temporary",
    "tested",
    "trusted",
    "unused",
    "urgent",
    "useful",
    "valid",
    "visible",
    "weekly",
    "wide",
    "written",
];

/// What somebody does to it.
const VERBS: &[&str] = &[
    "accepts",
    "admits",
    "allows",
    "answers",
    "approves",
    "archives",
    "assumes",
    "attaches",
    "balances",
    "blocks",
    "builds",
    "buys",
    "cancels",
    "carries",
    "changes",
    "checks",
    "cleans",
    "closes",
    "collects",
    "compares",
    "compresses",
    "configures",
    "confirms",
    "connects",
    "copies",
    "counts",
    "covers",
    "creates",
    "decrypts",
    "delays",
    "deletes",
    "denies",
    "describes",
    "destroys",
    "detects",
    "disables",
    "documents",
    "encrypts",
    "enforces",
    "examines",
    "exports",
    "fetches",
    "filters",
    "finds",
    "follows",
    "forbids",
    "forwards",
    "grants",
    "guards",
    "hides",
    "hosts",
    "ignores",
    "imports",
    "inspects",
    "installs",
    "invites",
    "isolates",
    "issues",
    "keeps",
    "launches",
    "limits",
    "lists",
    "loads",
    "locks",
    "logs",
    "manages",
    "measures",
    "mends",
    "monitors",
    "moves",
    "names",
    "notifies",
    "observes",
    "opens",
    "operates",
    "orders",
    "outlives",
    "owns",
    "patches",
    "pauses",
    "prepares",
    "prevents",
    "protects",
    "proves",
    "publishes",
    "raises",
    "reads",
    "rebuilds",
    "receives",
    "records",
    "refuses",
    "rejects",
    "removes",
    "renews",
    "repairs",
    "replaces",
    "replicates",
    "requires",
    "resets",
    "restarts",
    "restores",
    "restricts",
    "returns",
    "reviews",
    "revokes",
    "rotates",
    "routes",
    "saves",
    "scans",
    "schedules",
    "sends",
    "separates",
    "serves",
    "shares",
    "shreds",
    "signs",
    "splits",
    "starts",
    "stops",
    "stores",
    "supports",
    "tags",
    "tests",
    "tracks",
    "trains",
    "transfers",
    "trusts",
    "updates",
    "uses",
    "validates",
    "verifies",
    "warns",
    "watches",
    "writes",
];

/// How a sentence goes on.
const LINKS: &[&str] = &[
    "although",
    "as long as",
    "as soon as",
    "because",
    "before",
    "even if",
    "just as",
    "once",
    "since",
    "so that",
    "unless",
    "until",
    "whenever",
    "where",
    "whereas",
    "while",
];

/// What stands before a thing.
const ARTICLES: &[&str] =
    &["a second", "another", "any", "each", "every", "its", "no", "our", "that", "the", "this", "your"];

/// What names are made of.
const SYLLABLES: &[&str] = &[
    "bal", "bri", "cor", "dan", "del", "dra", "el", "fen", "fi", "gar", "gro", "hal", "hy", "in", "jo", "kar", "kes",
    "la", "lum", "mar", "mi", "mon", "ne", "nor", "ol", "or", "pax", "pra", "quo", "ra", "ril", "sa", "sel", "ser",
    "tan", "te", "tor", "ul", "va", "vel", "vin", "wes", "yar", "zen",
];

/// The names that each module has for itself.
const NAMES: u64 = 24;

/// Words one after the other, always the same ones for the same place in a course.
pub struct Sentences {
    state: u64,
    module: u64,
}

impl Sentences {
    /// The words for a place: the number of the module, then whatever tells this place from others in it.
    pub fn new(place: &[usize]) -> Sentences {
        let module = place.first().map_or(0, |module| *module as u64);
        let state = place.iter().fold(place.len() as u64, |state, number| mixed(state ^ *number as u64));
        Sentences { state, module }
    }

    /// The next number below that one.
    pub fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(STRIDE);
        (mixed(self.state) % end as u64) as usize
    }

    /// That many sentences.
    pub fn paragraph(&mut self, sentences: usize) -> String {
        let sentences: Vec<String> = (0..sentences).map(|_| self.sentence()).collect();
        sentences.join(" ")
    }

    /// What something is about, in two or three words without an article.
    pub fn topic(&mut self) -> String {
        match self.below(3) {
            0 => format!("{} {}", self.name(), self.noun()),
            1 => format!("{} {} {}", self.adjective(), self.noun(), self.noun()),
            _ => format!("{} {}", self.adjective(), self.noun()),
        }
    }

    /// A name that only this module has.
    pub fn name(&mut self) -> String {
        let mut letters = Sentences { state: mixed(self.module ^ (self.below(NAMES as usize) as u64) << 32), ..*self };
        let syllables: String = (0..3).map(|_| letters.of(SYLLABLES)).collect();
        capitalised(&syllables)
    }

    /// The beginning of an id.
    pub fn slug(&mut self) -> String {
        format!("{}-{}", self.adjective(), self.noun())
    }

    fn sentence(&mut self) -> String {
        let mut text = self.clause();
        if self.below(2) == 0 {
            text = format!("{text} {} {}", self.of(LINKS), self.clause());
        }
        capitalised(&text) + "."
    }

    fn clause(&mut self) -> String {
        format!("{} {} {}", self.thing(), self.of(VERBS), self.thing())
    }

    fn thing(&mut self) -> String {
        match self.below(8) {
            0 => self.name(),
            1 => format!("{} *{}*", self.of(ARTICLES), self.noun()),
            2 | 3 => format!("{} {}", self.of(ARTICLES), self.noun()),
            _ => format!("{} {} {}", self.of(ARTICLES), self.adjective(), self.noun()),
        }
    }

    fn noun(&mut self) -> &'static str {
        self.of(NOUNS)
    }

    fn adjective(&mut self) -> &'static str {
        self.of(ADJECTIVES)
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }
}

/// The text with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How far apart the numbers are that [`mixed`] is given one after the other: SplitMix64's.
const STRIDE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Numbers that are near each other become numbers that are not, as SplitMix64 does it.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
