//! The field's words, in plain English: what `headcount explain` knows.

/// A word of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its usual name.
    pub name: &'static str,
    /// Other names and abbreviations.
    pub also: &'static [&'static str],
    /// What it means, with its formula where it has one.
    pub means: &'static str,
    /// Where it stands in a scenario or a result; may be empty.
    pub here: &'static str,
}

/// Share of the time busy above which a whole day is more than people can keep up; "occupancy" says so.
pub const TOO_BUSY: f64 = 0.88;

const fn term(
    name: &'static str,
    also: &'static [&'static str],
    means: &'static str,
    here: &'static str,
) -> Term {
    Term { name, also, means, here }
}

/// Every word, in order.
pub const TERMS: [Term; 38] = [
    term(
        "abandonment",
        &["abandon rate", "reneging", "hang up", "lost calls"],
        "Customers who hang up while they wait, over those offered. It is what impatience makes of waits: a service level can be kept by losing the impatient, so read the two together.",
        "target = { abandoned = \"5%\" }; abandonment in the results",
    ),
    term(
        "adherence",
        &["schedule adherence"],
        "Share of scheduled time that agents spend in the planned activity: the right place at the right time. Conformance counts only the right amount of time.",
        "",
    ),
    term(
        "aht",
        &["average handling time", "average handle time"],
        "Talk, hold and after-contact work of a handled contact, on average.",
        "aht = { lognormal = { mean = \"5m\", cv = 1.0 } }, or handle and wrap",
    ),
    term(
        "asa",
        &["average speed of answer"],
        "Mean wait of those who are answered. Some formulas mean the wait of a customer who never hangs up; here it is over the answered.",
        "target = { asa = \"20s\" }; asa_s in the results",
    ),
    term(
        "backlog",
        &["work in progress", "wip"],
        "Items that wait to be worked on, as in mail. The age of the oldest says more than their number.",
        "backlog = 40; backlog_end in the results",
    ),
    term(
        "balking",
        &["balk"],
        "Hanging up at once on hearing that there is a wait. It counts as an abandonment after no wait.",
        "balk = \"5%\"",
    ),
    term(
        "blending",
        &["blended"],
        "The same agents do live contacts and work that can wait, such as mail. Live contacts come first; what mail gets done is what is left.",
        "reserve = { mail = 2 }, interrupt = { mail = true }",
    ),
    term(
        "blocking",
        &["busy signal", "trunks", "lines"],
        "Contacts that find every line busy, over those offered.",
        "lines = 200",
    ),
    term(
        "calibration",
        &["predicted against actual", "reconciliation"],
        "Whether what is predicted comes: of intervals said to lie in a band nine times in ten, about nine in ten do. A model that is not calibrated is wrong about tomorrow too.",
        "headcount reconcile",
    ),
    term(
        "callback",
        &["virtual hold", "virtual queue"],
        "Customers leave the line and are called when their turn comes. It moves work, and takes none away.",
        "callback = { offer = { waiting = 5 }, accept = 0.6 }",
    ),
    term(
        "concurrency",
        &["simultaneous chats"],
        "Chats that an agent holds at once. The allowed maximum, the number planned with and the number observed are three things; each further chat makes all of them longer.",
        "concurrency = { chat = 3 }, handle_by_load = [1.0, 1.12, 1.24]",
    ),
    term(
        "containment",
        &["contained", "deflection"],
        "Share of customers whom a menu, a knowledge base or a bot serves without an agent.",
        "self_service = { contained = 0.2 }",
    ),
    term(
        "day factor",
        &["day_factor_cv", "interval_factor_cv", "handle_factor_cv", "forecast uncertainty"],
        "How busy a whole day is against its forecast: 1.1 is a tenth busier. Its spread decides how far nine days in ten differ from the average. Single intervals, and the handle time of a day, may have factors of their own.",
        "day_factor_cv = \"8%\"; headcount fit measures it",
    ),
    term(
        "deferred work",
        &["deferrable", "asynchronous", "back office"],
        "Work promised in hours or days instead of seconds: mail, social media, back office. It may wait for a quiet hour.",
        "target = { done = \"90%\", within = \"24h\", clock = \"elapsed\" }",
    ),
    term(
        "erlang",
        &["offered load", "workload", "traffic intensity"],
        "One hour of work per hour: contacts per hour times handle time in hours. 240 calls an hour of 5 minutes are 20 erlangs, and keep 20 agents busy without a pause.",
        "headcount erlang",
    ),
    term(
        "erlang a",
        &["palm"],
        "Erlang C with customers who hang up. Much nearer to the truth where anybody does.",
        "headcount erlang a",
    ),
    term(
        "erlang c",
        &[],
        "Chance of waiting, and waits, where everybody waits for ever and nobody is lost, at a constant rate. It asks for too many agents where customers hang up, and ignores what comes before and after.",
        "headcount erlang c",
    ),
    term(
        "expected wait",
        &["ewt", "estimated wait time", "announced wait"],
        "What callers are told. Counting people ahead without those who will hang up announces too much.",
        "announced_wait, expected_wait",
    ),
    term(
        "first response",
        &["frt", "first response time"],
        "Wait until the first word of an agent in a chat or a mail.",
        "target = \"80% in 60s\"",
    ),
    term(
        "first-contact resolution",
        &["fcr", "one-contact resolution"],
        "Share of customers who need not come again. Those who do are new work: repeat probability = (1 − FCR) × share who come back.",
        "repeat = { probability = 0.15, … }",
    ),
    term(
        "fte",
        &["full-time equivalent"],
        "Paid hours over the hours of a full-time contract: 380 hours a week at 38 are 10.",
        "",
    ),
    term(
        "interval",
        &["period"],
        "A stretch of 5, 15, 30 or 60 minutes in which volumes and staff are counted. A contact belongs to the interval in which it came.",
        "interval = \"30m\"",
    ),
    term(
        "occupancy",
        &["utilisation", "utilization"],
        "Time spent handling over time handling or ready. Utilisation divides by paid time instead. Above about 88% all day people burn out.",
        "max_occupancy = \"88%\"; occupancy in the results",
    ),
    term(
        "patience",
        &["time to abandon", "willingness to wait"],
        "How long a customer would wait. Those who are answered first would have waited longer, so the mean wait of those who hung up is far too short: divide the seconds waited by all by the number who hung up.",
        "patience = { exponential = { mean = \"3m\" } }; headcount fit measures it",
    ),
    term(
        "pooling",
        &["cross-skilling", "multi-skill"],
        "One crew for several queues needs fewer people than a crew for each: three times 6 agents may be 13 together.",
        "serves = [\"phone\", \"chat\"]",
    ),
    term(
        "power of one",
        &[],
        "What one agent more or fewer does to the service level. Small on a quiet day, large where the line is about to grow.",
        "A few agents more or less, in headcount plan",
    ),
    term(
        "prediction band",
        &["prediction interval", "nine days in ten"],
        "Between which figures one day, or one interval of it, ends nine times in ten. Chance makes days differ however long one computes; computing error, which more replications make smaller, is something else.",
        "headcount reconcile; day_service_level in the results",
    ),
    term(
        "redial",
        &["retrial", "retry"],
        "A customer who hung up, or found the lines busy, and tries again. Phone systems count each try as a new call.",
        "redial = { probability = 0.4, … }",
    ),
    term(
        "repeat",
        &["repeat call", "re-contact"],
        "A customer who was answered and comes again about the same thing.",
        "repeat = { probability = 0.15, … }",
    ),
    term(
        "schedule efficiency",
        &["schedule fit", "shift fit"],
        "How well shifts cover what is needed: 1 − sum of |scheduled − required| over the sum required. 100% is impossible.",
        "",
    ),
    term(
        "service level",
        &["sla", "sl", "tsf", "telephone service factor", "grade of service", "gos"],
        "Share answered within a time: 80% in 20 seconds. Formulas differ in what becomes of those who hung up; by default everybody offered counts, so whoever hangs up was not answered in time.",
        "target = \"80% in 20s\", definition = \"offered\"",
    ),
    term(
        "shrinkage",
        &["rostered staff factor"],
        "Paid time in which people are not there for contacts: breaks, training, leave, sickness. Scheduled = at work / (1 − shrinkage), not at work × (1 + shrinkage): at 30% that is 1.43 against 1.30.",
        "shrinkage = \"30%\"",
    ),
    term(
        "threshold",
        &["awt", "acceptable waiting time"],
        "The time in a service level: the 20 seconds of 80% in 20 seconds.",
        "within = \"20s\"",
    ),
    term(
        "transfer",
        &["escalation", "second line"],
        "A contact passed on to another queue, where it is a new contact.",
        "transfer = { probability = 0.1, to = \"second-line\" }",
    ),
    term(
        "true-to-interval",
        &["tti", "wce", "when call ends"],
        "To which interval a long call belongs: to the one in which it came (as here), ended (WCE), or to each with its share (TTI). Reports of different systems differ by this alone.",
        "",
    ),
    term(
        "wape",
        &["mape", "forecast error"],
        "Absolute forecast errors over what came. Part of it is chance that no forecast can foresee: few calls, large WAPE.",
        "headcount fit --forecast",
    ),
    term(
        "weekly pattern",
        &["intraday profile", "profile"],
        "How a week's contacts fall on its days and intervals.",
        "per_interval, per_day with profile; headcount fit",
    ),
    term(
        "wrap",
        &["acw", "after-call work", "after-contact work"],
        "Work after the customer is gone: the agent is still busy.",
        "wrap = { fixed = \"30s\" }",
    ),
];

/// The term of that name, by letters and digits alone, whatever their case.
///
/// ```
/// use headcount::report::glossary::find;
/// assert_eq!(find("Average handling time").map(|term| term.name), Some("aht"));
/// ```
pub fn find(name: &str) -> Option<&'static Term> {
    let wanted = reduced(name);
    TERMS.iter().find(|term| names(term).any(|other| reduced(other) == wanted))
}

/// The three terms whose names are nearest.
pub fn near(name: &str) -> Vec<&'static str> {
    let wanted = reduced(name);
    let likeness = |term: &Term| {
        names(term).map(|other| strsim::jaro_winkler(&reduced(other), &wanted)).fold(0.0, f64::max)
    };
    let mut ranked: Vec<(f64, &'static str)> = TERMS.iter().map(|term| (likeness(term), term.name)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(3).map(|(_, name)| name).collect()
}

fn names(term: &Term) -> impl Iterator<Item = &'static str> {
    std::iter::once(term.name).chain(term.also.iter().copied())
}

fn reduced(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_one_thing_and_the_list_is_in_order() {
        let all: Vec<String> = TERMS.iter().flat_map(names).map(reduced).collect();
        let mut each = all.clone();
        each.sort();
        each.dedup();
        let twice = TERMS
            .iter()
            .flat_map(names)
            .filter(|name| all.iter().filter(|o| **o == reduced(name)).count() > 1);
        assert_eq!(twice.collect::<Vec<_>>(), Vec::<&str>::new());
        assert!(TERMS.windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn charts_and_words_agree_on_what_is_too_busy() {
        let words = TERMS.iter().find(|term| term.name == "occupancy").expect("it is explained").means;
        assert!(words.contains(&super::super::words::goal_percent(TOO_BUSY)), "{words}");
    }
}
