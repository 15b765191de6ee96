//! What a column holds, and by which headings it is known.
//!
//! A heading is compared by its letters and digits alone, so that `Interval Start UTC Date`, `interval_start_utc_date`
//! and `IntervalStartUtcDate` are one. The names of this program come first, then those of the vendors.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Date, or date and time, of the interval's start or of the contact's arrival.
    Start,
    /// Its time, where the date stands in a column of its own.
    Time,
    /// Seconds after midnight of the date.
    SecondOfDay,
    /// Where the interval ends.
    End,
    Queue,
    Channel,
    /// Skills and language: parts of a queue that are summed up.
    Part,
    Offered,
    Answered,
    Abandoned,
    /// Share of the offered that hung up.
    AbandonedShare,
    /// Mean handle time of a handled contact, s.
    Aht,
    /// Mean of the work after it, s, where the handle time leaves it out.
    Wrap,
    /// Handle time of all handled, s.
    HandleTotal,
    /// Talk of all handled, s.
    TalkTotal,
    /// After-contact work of all handled, s.
    WrapTotal,
    /// Answered within the promised time.
    Within,
    /// Share of the offered that was.
    WithinShare,
    /// Agents at work.
    Staffed,
    /// Mean wait of all offered, s.
    MeanWait,
    /// Mean wait of the answered, s.
    Asa,
    /// Wait of all answered, s.
    WaitAnswered,
    /// Wait of all who hung up, s.
    WaitAbandoned,
    /// One contact's wait, s.
    Wait,
    /// What became of it.
    Outcome,
    /// Its handle time, s.
    Handle,
    Agent,
    Customer,
    /// When it was first answered, where no wait is given.
    FirstResponse,
    /// Known, and not needed.
    Other,
}

/// Headings, reduced to letters and digits.
const NAMES: [(&str, Field); 82] = [
    ("intervalstart", Field::Start),
    ("intervalstartutcdate", Field::Start),
    ("intervalstartdatetime", Field::Start),
    ("timestamp", Field::Start),
    ("datetime", Field::Start),
    ("date", Field::Start),
    ("arrived", Field::Start),
    ("arrival", Field::Start),
    ("arrivedat", Field::Start),
    ("createdat", Field::Start),
    ("time", Field::Time),
    ("start", Field::Time),
    ("starttime", Field::Time),
    ("arrives", Field::SecondOfDay),
    ("intervalend", Field::End),
    ("queue", Field::Queue),
    ("queuename", Field::Queue),
    ("skill", Field::Queue),
    ("skillname", Field::Queue),
    ("queueid", Field::Other),
    ("importid", Field::Other),
    ("channel", Field::Channel),
    ("channeltype", Field::Channel),
    ("mediatype", Field::Channel),
    ("skillset", Field::Part),
    ("language", Field::Part),
    ("offered", Field::Offered),
    ("calls", Field::Offered),
    ("contacts", Field::Offered),
    ("volume", Field::Offered),
    ("forecast", Field::Offered),
    ("offeredcontacts", Field::Offered),
    ("callsoffered", Field::Offered),
    ("contactsoffered", Field::Offered),
    ("contactvolume", Field::Offered),
    ("incomingcontactvolume", Field::Offered),
    ("answered", Field::Answered),
    ("served", Field::Answered),
    ("handled", Field::Answered),
    ("answeredcontacts", Field::Answered),
    ("interactionshandled", Field::Answered),
    ("callsanswered", Field::Answered),
    ("contactshandled", Field::Answered),
    ("abandoned", Field::Abandoned),
    ("abandons", Field::Abandoned),
    ("callsabandoned", Field::Abandoned),
    ("contactsabandoned", Field::Abandoned),
    ("abandonment", Field::AbandonedShare),
    ("abandonrate", Field::AbandonedShare),
    ("ahts", Field::Aht),
    ("aht", Field::Aht),
    ("ahtseconds", Field::Aht),
    ("averagehandletime", Field::Aht),
    ("averagehandlingtime", Field::Aht),
    ("meanservices", Field::Aht),
    ("wraps", Field::Wrap),
    ("acws", Field::Wrap),
    ("acw", Field::Wrap),
    ("handletotals", Field::HandleTotal),
    ("totalhandletimeseconds", Field::HandleTotal),
    ("totalhandletime", Field::HandleTotal),
    ("contacttime", Field::HandleTotal),
    ("answeredinsl", Field::Within),
    ("servedwithin20s", Field::Within),
    ("servicelevel", Field::WithinShare),
    ("staffed", Field::Staffed),
    ("agents", Field::Staffed),
    ("distinctagents", Field::Other),
    ("meanwaits", Field::MeanWait),
    ("asas", Field::Asa),
    ("asa", Field::Asa),
    ("waits", Field::Wait),
    ("wait", Field::Wait),
    ("outcome", Field::Outcome),
    ("status", Field::Outcome),
    ("handles", Field::Handle),
    ("services", Field::Handle),
    ("handletime", Field::Handle),
    ("agent", Field::Agent),
    ("customer", Field::Customer),
    ("customerid", Field::Customer),
    ("firstrespondedat", Field::FirstResponse),
];

/// A heading's letters and digits, in lower case. What stands in brackets says a unit and is kept.
pub(super) fn reduced(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the column under a heading holds. `handle_time_s` is a total beside counts and one contact's own in a log.
pub(super) fn of(heading: &str, calls: bool) -> Field {
    let name = reduced(heading);
    if matches!(name.as_str(), "handletimes" | "handletimeseconds") {
        return if calls { Field::Handle } else { Field::HandleTotal };
    }
    let found = NAMES.iter().find(|(known, _)| *known == name);
    match found.map_or(Field::Other, |(_, field)| *field) {
        Field::Offered if calls => Field::Other,
        field => field,
    }
}

/// A channel by the words of exports.
pub(super) fn channel(text: &str) -> Option<&'static str> {
    Some(match reduced(text).as_str() {
        "voice" | "phone" | "call" | "calls" | "inbound" => "voice",
        "video" => "video",
        "chat" | "webchat" => "chat",
        "message" | "messaging" | "sms" | "whatsapp" => "messaging",
        "email" | "mail" => "email",
        "social" | "socialmedia" => "social",
        "backoffice" | "task" | "tasks" => "back_office",
        "outbound" | "callback" => "outbound",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_letters() {
        for heading in ["Interval Start UTC Date", "interval_start_utc_date", "IntervalStartUtcDate"] {
            assert_eq!(of(heading, false), Field::Start, "{heading}");
        }
        assert_eq!(of("Total Handle Time (Seconds)", false), Field::HandleTotal);
        assert_eq!(of("Handle time (s)", true), Field::Handle);
        assert_eq!(of("handle_time_s", false), Field::HandleTotal);
        assert_eq!(of("Colour", false), Field::Other);
        assert_eq!(channel("Back_Office"), Some("back_office"));
        assert_eq!(channel("fax"), None);
    }

    #[test]
    fn every_heading_is_listed_once() {
        let mut names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NAMES.len());
        assert!(NAMES.iter().all(|(name, _)| reduced(name) == *name));
    }
}
