//! Video and outbound: what an agent who does other work as well may take, each on a day small enough to follow by hand,
//! from scenario text to the fate of every contact. Times are minutes after midnight; one interval is one hour.

#![allow(clippy::wildcard_imports)] // the model's nouns, all of them

mod common;

use common::by_hand::{MINUTE, play, tape};
use headcount::engine::Fate;
use headcount::model::*;
use headcount::scenario;

/// The model that this text means, in hours from midnight to midnight unless it says otherwise.
fn read(text: &str) -> Model {
    let calendar = if text.contains("[calendar]") { "" } else { "[calendar]\ninterval = \"60m\"\n" };
    let text = format!("{calendar}{text}");
    scenario::from_text("test.toml", &text, None, &[]).unwrap_or_else(|faults| panic!("{faults}")).model
}

/// A queue of this channel.
fn queue(name: &str, channel: &str) -> String {
    format!(
        "[queue.{name}]\nchannel = \"{channel}\"\narrivals = {{ per_hour = 1 }}\naht = {{ fixed = \"5m\" }}\n"
    )
}

/// Whether a contact was answered, and after how many minutes of waiting.
fn waits(stories: &[(usize, usize, u64, Fate)], queue: usize) -> Vec<u64> {
    let answered = |story: &&(usize, usize, u64, Fate)| matches!(story.3, Fate::Answered { .. });
    stories.iter().filter(|story| story.0 == queue).filter(answered).map(|story| story.2).collect()
}

/// Three chats at a time; whatever else the group serves.
fn three_chats(channel: &str) -> Model {
    let group = "[group.everyone]\nserves = [\"chat\", \"other\"]\nagents = 1\n\
                 concurrency = { chat = 3 }\nhandle_by_load = [1.0, 1.0, 1.0]\n";
    read(&format!("{}{}{group}", queue("chat", "chat"), queue("other", channel)))
}

#[test]
fn video_and_chats_shut_each_other_out() {
    for channel in ["video", "voice", "outbound"] {
        let model = three_chats(channel);
        // Chats from 0 to 30 and, beside it, from 1 to 11: the two others that come at 5 and 6 need empty hands, and
        // what is left of the hands is free for the chat of 7. When the last chat ends at 30 the first of the others is
        // taken; a chat that comes during it waits for its end at 50, and goes before the second, which has waited longer.
        let chats = [(0, 30, None), (1, 10, None), (7, 5, None), (40, 10, None)];
        let others = [(5, 20, None), (41, 5, None), (41, 5, None)];
        let (stories, tally) = play(&model, &tape(&[&chats, &others]));
        assert_eq!(waits(&stories, 0), [0, 0, 0, 10], "{channel}");
        // From 50 the chat to 60; then the others one after the other, never side by side.
        assert_eq!(waits(&stories, 1), [25, 19, 24], "{channel}");
        let everyone = &tally.groups[0];
        let of = |load: usize| everyone.at_load.iter().skip(load).step_by(everyone.loads).sum::<u64>();
        // Two from 1 to 7 and from 11 to 12, three from 7 to 11.
        assert_eq!((of(2), of(3)), (7 * MINUTE, 4 * MINUTE), "{channel}");
    }
}

#[test]
fn a_video_contact_that_finds_chats_may_give_up() {
    let mut model = three_chats("video");
    model.queues[1].patience = Some(model.queues[1].handle.clone());
    let (stories, tally) = play(&model, &tape(&[&[(0, 30, None)], &[(5, 20, Some(10))]]));
    assert_eq!(stories[1], (1, 0, 10, Fate::Abandoned));
    assert_eq!(tally.groups[0].busy_total, 30 * MINUTE);
}

/// Calls that come and calls that agents make, `agents` for both, of whom so many are kept free for those who call.
fn with_list(agents: u32, reserve: u32) -> Model {
    let group = format!(
        "[group.everyone]\nserves = [\"phone\", \"list\"]\nagents = {agents}\nreserve = {{ list = {reserve} }}\n"
    );
    read(&format!("{}{}{group}", queue("phone", "voice"), queue("list", "outbound")))
}

#[test]
fn outbound_calls_are_made_while_more_than_the_reserve_is_idle() {
    // Of three idle agents the first two make a call: with the taker three, then two were idle, more than one. The last
    // one is kept free and answers who calls at 5. At 10 both calls end; the first agent is alone idle, with the second
    // they are two, and one of them makes the third call. At 20 the next.
    let list = [(0, 10, None), (0, 10, None), (0, 10, None), (0, 10, None)];
    let phone = [(5, 20, None), (21, 9, None), (22, 1, None)];
    let (stories, tally) = play(&with_list(3, 1), &tape(&[&phone, &list]));
    assert_eq!(waits(&stories, 1), [0, 0, 10, 20]);
    // At 21 one is free; at 22 nobody, until the first call ends at 25.
    assert_eq!(waits(&stories, 0), [0, 0, 3]);
    assert_eq!(tally.groups[0].busy_total, 70 * MINUTE);
    // Nothing kept free: all three make calls at once, and who calls at 5 waits until 10.
    let (stories, _) = play(&with_list(3, 0), &tape(&[&phone, &list]));
    assert_eq!((waits(&stories, 1), waits(&stories, 0)[0]), (vec![0, 0, 0, 10], 5));
    // As many kept free as there are: never.
    let (stories, _) = play(&with_list(3, 3), &tape(&[&[], &list]));
    assert!(stories.iter().all(|story| story.3 == Fate::Unfinished));
}

#[test]
fn a_list_is_called_as_agents_come() {
    let mut model = with_list(1, 2);
    common::by_hand::set_staff(&mut model, 0, &[2, 4]);
    // Two are not more than two. At 1:00 there are four: two calls, then two idle are left.
    let (stories, _) = play(&model, &tape(&[&[], &[(0, 5, None), (10, 90, None), (20, 5, None)]]));
    assert_eq!(waits(&stories, 1), [60, 50, 45], "the third when the first ends at 1:05");
}

#[test]
fn a_list_lies_over_night_and_a_call_that_is_made_is_finished() {
    let days = "[calendar]\ninterval = \"60m\"\ndays = 2\nopen = \"08:00-10:00\"\n";
    let group = "[group.everyone]\nserves = [\"list\"]\nagents = 1\n";
    let model = read(&format!("{days}{}{group}", queue("list", "outbound")));
    // From 8:00 to 9:40; from then to 10:30, half an hour late; the third the next morning; nobody stays for it.
    let (stories, tally) = play(&model, &tape(&[&[(480, 100, None), (481, 50, None), (482, 5, None)]]));
    assert_eq!(waits(&stories, 0), [0, 99, 24 * 60 - 2]);
    assert_eq!(tally.groups[0].overtime_total, 30 * MINUTE);
    let backlog: Vec<u64> = tally.queues[0].more.iter().map(|more| more.backlog).collect();
    assert_eq!(
        (backlog[8], backlog[9], backlog[24 + 8]),
        (3, 2, 0),
        "at 9:00, 10:00 and the next day's 9:00"
    );
}

#[test]
fn a_call_to_be_made_stops_no_mail_and_nothing_stops_a_call() {
    let group = "[group.everyone]\nserves = [\"phone\", \"list\", \"mail\"]\nagents = 1\ninterrupt = { mail = true }\n";
    let queues = [("phone", "voice"), ("list", "outbound"), ("mail", "email")].map(|(n, c)| queue(n, c));
    let model = read(&format!("{}{group}", queues.concat()));
    // The mail of 0 is stopped by the call of 10, not by the list of 5; that one goes before the rest of the mail, and
    // is not stopped by the call of 16.
    let (stories, _) =
        play(&model, &tape(&[&[(10, 5, None), (16, 5, None)], &[(5, 20, None)], &[(0, 30, None)]]));
    assert_eq!((waits(&stories, 0), waits(&stories, 1)), (vec![0, 19], vec![10]));
}
