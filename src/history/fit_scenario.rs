//! What was found, as a scenario: the week after the history, as an average one, with the doubt that was measured.

use super::fit::{Findings, QueueFindings};
use super::handle_time::{HandleTime, Law, SHORT_S};
use super::import::Written;
use super::names;
use super::patience::Patience;
use super::text::{self, Text, WEEKDAYS, number, percent};
use crate::exports::{self, DAY, day_shown};
use std::fmt::Write as _;

/// Most values of an empirical law that are written out.
const VALUES: usize = 5000;

/// The scenario of `found`, read from `source`.
pub fn scenario(found: &Findings, source: &str, timezone: Option<&str>) -> Written {
    let keys = names::keys(found.queues.iter().map(|queue| (queue.name.as_str(), queue.channel)));
    let mut text = Text::default();
    let (first, last) = found.days;
    text.comment(&format!(
        "Fitted to {}, {} to {}: an average week, with the doubt that its days showed.",
        names::in_comment(source),
        day_shown(first),
        day_shown(last)
    ));
    text.comment("What the file does not say is a benchmark, marked by how good it is: A measured and published, B surveyed, C said by vendors and consultants, D folklore. Replace these by your own figures.");
    text.line("");
    text.key("name", &text::quote(&format!("{}, average week", stem(source))));
    calendar(&mut text, found, timezone);
    demand(&mut text, found);
    text.table("run");
    text.key("replications", "1000");
    let mut files = Vec::new();
    for (queue, key) in found.queues.iter().zip(&keys) {
        files.extend(queue_text(&mut text, queue, key, found));
        group(&mut text, queue, key, found);
    }
    let words = super::fit_words::words(found, &keys);
    let notes = super::fit_words::notes(found);
    Written { scenario: text.finish(), files, notes, words }
}

fn stem(source: &str) -> &str {
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn calendar(text: &mut Text, found: &Findings, timezone: Option<&str>) {
    // The Monday after the last day.
    let monday = found.days.1 + 7 - exports::weekday(found.days.1 * DAY) as i32;
    text.table("calendar");
    text.comment("The week after the history.");
    text.key("start", &text::quote(&day_shown(monday)));
    text.key("days", "7");
    text.key("interval", &text::quote(&format!("{}m", found.minutes)));
    if let Some(zone) = timezone {
        text.key("timezone", &text::quote(zone));
    }
}

/// An error of intervals below this changes nothing that anybody would notice.
const SMALLEST_CV: f64 = 0.005;

fn demand(text: &mut Text, found: &Findings) {
    text.table("demand");
    if let Some(error) = &found.forecast_error {
        text.comment(&format!(
            "From the forecasts of {} days: their own error, bias and chance taken out, 95% between {} and {}.",
            error.days,
            percent(error.day_cv.low, 1),
            percent(error.day_cv.high, 1)
        ));
        text.comment(&format!(
            "They were biased: {} came for each contact forecast.",
            number(1.0 + error.bias, 3)
        ));
        text.key("day_factor_cv", &text::quote(&percent(error.day_cv.value, 2)));
        if error.interval_cv >= SMALLEST_CV {
            text.comment("What single intervals missed by once the day was known, chance taken out.");
            text.key("interval_factor_cv", &text::quote(&percent(error.interval_cv, 2)));
        }
        return;
    }
    if let Some(factor) = &found.day_factor {
        text.comment(&format!(
                "From {} days, weekdays and chance taken out; 95% between {} and {}. It holds what a good forecast would foresee (seasons, holidays, growth): with your past forecasts, headcount fit --forecast tells the rest.",
                factor.days,
                percent(factor.cv.low, 1),
                percent(factor.cv.high, 1)
            ));
        text.key("day_factor_cv", &text::quote(&percent(factor.cv.value, 2)));
    } else {
        text.comment("Too few days to tell. C: 5-10% is good, 10-15% usual.");
        text.key("day_factor_cv", "\"8%\"");
    }
}

fn queue_text(
    text: &mut Text,
    queue: &QueueFindings,
    key: &str,
    found: &Findings,
) -> Option<(String, Vec<u8>)> {
    text.table(&format!("queue.{key}"));
    text.comment(&format!(
        "\"{}\" in the file: {} contacts.",
        names::in_comment(&queue.name),
        text::count(queue.offered)
    ));
    text.key("channel", &text::quote(queue.channel));
    text.key("open", &text::open(&queue.week.opening, found.minutes, 0..=6));
    let returns = queue.redial.is_some() || queue.repeat.is_some();
    if returns {
        text.comment("Counts of a phone system hold those who come again already.");
        text.key("volume_is", "\"all_attempts\"");
    }
    let file = handle(text, queue, key);
    patience(text, queue);
    come_again(text, queue, key);
    if let Some((target, why)) = text::usual_target(queue.channel) {
        text.comment(why);
        text.key("target", target);
    }
    text.table(&format!("queue.{key}.arrivals.per_interval"));
    text.comment("Mean contacts in each open interval, and the days that it rests on.");
    for (weekday, offered) in queue.week.offered.iter().enumerate().filter(|(_, offered)| !offered.is_empty())
    {
        profile(text, WEEKDAYS[weekday], offered, queue.week.days[weekday]);
    }
    file
}

/// `mon = [12.3, …]` over as many lines as it takes.
fn profile(text: &mut Text, weekday: &str, offered: &[f64], days: usize) {
    let plural = if days == 1 { "day" } else { "days" };
    text.line(&format!("{weekday} = [ # {days} {plural}"));
    for row in offered.chunks(12) {
        let shown: Vec<String> = row.iter().map(|mean| number(*mean, 2)).collect();
        text.line(&format!("  {},", shown.join(", ")));
    }
    text.line("]");
}

fn handle(text: &mut Text, queue: &QueueFindings, key: &str) -> Option<(String, Vec<u8>)> {
    if let (Some(hand), Some(handle)) = (&queue.in_hand, &queue.handle) {
        text.comment(&format!(
            "Handle time with one contact in hand: {}s as observed, the overlap of up to {} taken out (each further one lengthens all by 12%).",
            number(hand.observed_s, 1),
            hand.most()
        ));
        text.key(
            "aht",
            &format!(
                "{{ lognormal = {{ mean = {}, cv = {} }} }}",
                text::seconds(hand.alone_s),
                number(handle.cv(), 3)
            ),
        );
        return None;
    }
    let Some(handle) = &queue.handle else {
        mean_alone(text, queue);
        return None;
    };
    text.comment(&format!(
        "{} handled contacts. {}",
        text::count(handle.contacts as f64),
        short_words(handle)
    ));
    let law = |name: &str| {
        format!(
            "{{ {name} = {{ mean = {}, cv = {} }} }}",
            text::seconds(handle.mean.value),
            number(handle.cv(), 3)
        )
    };
    match handle.law {
        Law::Lognormal => {
            text.comment(&format!(
                "Lognormal: at most {} off the data.",
                percent(handle.lognormal_distance, 1)
            ));
            text.key("aht", &law("lognormal"));
            None
        }
        Law::Gamma => {
            text.comment(&format!("Gamma: at most {} off the data.", percent(handle.gamma_distance, 1)));
            text.key("aht", &law("gamma"));
            None
        }
        Law::Empirical => {
            text.comment(&format!(
                "Neither lognormal ({} off the data) nor gamma ({} off): the values themselves.",
                percent(handle.lognormal_distance, 1),
                percent(handle.gamma_distance, 1)
            ));
            let name = format!("handle-times-{key}.csv");
            text.key("aht", &format!("{{ empirical = {{ csv = \"{name}\", column = \"handle_s\" }} }}"));
            Some((name, values(handle)))
        }
    }
}

fn mean_alone(text: &mut Text, queue: &QueueFindings) {
    if let Some((mean, contacts)) = queue.aht {
        text.comment(&format!(
            "Mean of {} contacts. Counts do not tell the spread; A: lognormal, cv near 1.",
            text::count(contacts)
        ));
        text.key("aht", &format!("{{ lognormal = {{ mean = {}, cv = 1.0 }} }}", text::seconds(mean)));
    } else {
        text.comment("Not in the file. C: 4-6 minutes on the phone; A: lognormal, cv near 1.");
        text.key("aht", "{ lognormal = { mean = \"5m\", cv = 1.0 } }");
    }
}

/// What was done about very short calls.
pub(super) fn short_words(handle: &HandleTime) -> String {
    if !handle.short_left_out {
        return String::new();
    }
    format!(
        "{} lasted under {SHORT_S} s, far more than the others have room for ({}): wrong numbers, agents who hung up. They are left out here; with them the mean would be {}s.",
        percent(handle.short, 1),
        percent(handle.short_expected, 1),
        number(handle.mean_of_all, 1)
    )
}

/// The values in order, thinned evenly where they are many.
fn values(handle: &HandleTime) -> Vec<u8> {
    let mut out = "handle_s\n".to_owned();
    let n = handle.values.len();
    let take = n.min(VALUES);
    for k in 0..take {
        let at = ((k as f64 + 0.5) * n as f64 / take as f64) as usize;
        let _ = writeln!(out, "{}", number(handle.values[at.min(n - 1)], 3));
    }
    out.into_bytes()
}

fn patience(text: &mut Text, queue: &QueueFindings) {
    if !matches!(queue.channel, "voice" | "video" | "chat" | "messaging") {
        return;
    }
    let Some(found) = &queue.patience else {
        text.comment("When callers hang up is not in the file. D: surveys say a third within 2 minutes, two thirds within 5.");
        text.key("patience", "{ exponential = { mean = \"5m\" } }");
        return;
    };
    text.comment(&basis(found));
    match found.weibull.filter(|_| found.is_weibull()) {
        Some(law) => {
            text.comment(&format!(
                "Weibull: at most {} off the data; exponential with mean {}s would be {} off.",
                percent(law.distance.unwrap_or(0.0), 1),
                number(found.mean.value, 1),
                percent(found.exponential_distance.unwrap_or(0.0), 1)
            ));
            text.key(
                "patience",
                &format!(
                    "{{ weibull = {{ mean = {}, shape = {} }} }}",
                    text::seconds(law.mean),
                    number(law.shape.value, 3)
                ),
            );
        }
        None => text.key(
            "patience",
            &format!("{{ exponential = {{ mean = {} }} }}", text::seconds(found.mean.value)),
        ),
    }
}

fn basis(found: &Patience) -> String {
    let how = if found.curve.is_empty() {
        "Seconds waited by all, over those who hung up; counts by interval tell no more."
    } else {
        "By maximum likelihood: who was answered would have waited longer."
    };
    format!("{} of {} hung up. {how}", text::count(found.hung_up), text::count(found.waited))
}

fn come_again(text: &mut Text, queue: &QueueFindings, key: &str) {
    if let Some(redial) = &queue.redial {
        text.comment(&format!("Of {} who hung up, those who came again within 4 hours: at most so many, as a second errand looks the same.", redial.contacts));
        text.key(
            "redial",
            &format!(
                "{{ probability = {}, after = {{ exponential = {{ mean = {} }} }} }}",
                number(redial.share.value, 3),
                text::seconds(redial.after_s)
            ),
        );
    }
    if let Some(repeat) = &queue.repeat {
        text.comment(&format!("Of {} answered, those who came again within 7 days: at most so many, as a second errand looks the same.", repeat.contacts));
        text.key(
            "repeat",
            &format!(
                "{{ probability = {}, after = {{ exponential = {{ mean = {} }} }}, to = \"{key}\" }}",
                number(repeat.share.value, 3),
                text::seconds(repeat.after_s)
            ),
        );
    }
}

fn group(text: &mut Text, queue: &QueueFindings, key: &str, found: &Findings) {
    text.table(&format!("group.{key}-agents"));
    text.key("serves", &format!("[\"{key}\"]"));
    text.key("open", &text::open(&queue.week.opening, found.minutes, 0..=6));
    if let Some(hand) = &queue.in_hand {
        text.comment(&format!("Up to {} in hand, as was observed.", hand.most()));
        text.key("concurrency", &format!("{{ {} = {} }}", queue.channel, hand.most()));
        let load: Vec<String> = (0..hand.most()).map(|k| number(1.0 + 0.12 * k as f64, 2)).collect();
        text.key("handle_by_load", &format!("[{}]", load.join(", ")));
    }
    text.comment(
        "Without `agents` they are planned: headcount plan. Write agents = 12 to simulate those you have.",
    );
    text.comment("C: 25-35% of paid time goes to breaks, training, leave and sickness.");
    text.line("# shrinkage = \"30%\"");
}
