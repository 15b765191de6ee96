//! What may happen to a contact besides being answered: every key reaches the model.

use super::{read, read_with};
use headcount::model::{
    AtClose, Channel, Choose, Clock, Curve, Due, Estimator, Factor, Goal, Journey, Law, Model, Offer,
    Outside, Penalty, Per, Place, Queue, QueueId, Scored, Shape,
};
use headcount::units::Micros;

/// A phone queue with these further lines, a second line and a deferred queue, all served.
fn text(lines: &str) -> String {
    format!(
        "[calendar]\ndays = 2\ninterval = \"60m\"\nopen = \"08:00-12:00\"\n
        [queue.phone]\narrivals = {{ per_hour = 240 }}\naht = {{ fixed = \"5m\" }}\n
        patience = {{ exponential = {{ mean = \"3m\" }} }}\nlines = 99\n{lines}\n
        [queue.second]\narrivals = {{ per_hour = 0 }}\naht = {{ fixed = \"9m\" }}\n
        [queue.mail]\nchannel = \"email\"\narrivals = {{ per_hour = 10 }}\naht = {{ fixed = \"9m\" }}\n
        [group.all]\nserves = [\"phone\", \"second\", \"mail\"]\nagents = 40\n"
    )
}

fn model(lines: &str) -> Model {
    read(&text(lines))
}

fn phone(lines: &str) -> Queue {
    model(lines).queues.remove(0)
}

fn journey(lines: &str) -> Journey {
    phone(lines).journey
}

fn exponential(minutes: f64) -> Law {
    Law::constant(Shape::Exponential, 60.0 * minutes)
}

fn fixed(minutes: f64) -> Law {
    Law::constant(Shape::Fixed, 60.0 * minutes)
}

fn curve(points: &[(u64, f64)]) -> Curve {
    let points = points.iter().map(|&(minutes, value)| (Micros::from_mins(minutes), value)).collect();
    Curve::through(points).expect("rising")
}

const FIRST: &str = "volume_is = \"first_contacts\"\n";

#[test]
fn nothing_befalls_a_contact_that_is_not_written() {
    let queue = phone("");
    assert_eq!((queue.journey, queue.at_close), (Journey::default(), AtClose::Finish));
}

#[test]
fn every_behaviour_at_once_is_understood() {
    let scenario = read_with(include_str!("everything.toml"), &[]);
    let notes: Vec<&str> = scenario.notes.iter().map(|note| note.title.as_str()).collect();
    assert_eq!(notes, ["replies are worked out as if all contacts were chats"]);
    assert_eq!(scenario.model.outcomes.len(), 2);
}

#[test]
fn customers_come_again() {
    let after = "after = { exponential = { mean = \"10m\" } }";
    let lines = format!(
        "volume_is = \"all_attempts\"\nredial = {{ probability = \"40%\", {after}, attempts = 3 }}\n
        redial_blocked = {{ probability = 0.8, {after} }}\nrepeat = {{ probability = 0.15, {after}, to = \"second\" }}"
    );
    let scenario = read_with(&text(&lines), &[]);
    let journey = &scenario.model.queues[0].journey;
    let redial = journey.redial.as_ref().expect("redial");
    assert_eq!((redial.probability, redial.most, redial.to), (0.4, Some(3), QueueId(0)));
    assert_eq!(redial.after, exponential(10.0));
    let blocked = journey.redial_blocked.as_ref().expect("redial_blocked");
    assert_eq!((blocked.probability, blocked.most, blocked.to), (0.8, None, QueueId(0)));
    let repeat = journey.repeat.as_ref().expect("repeat");
    assert_eq!((repeat.probability, repeat.to, journey.all_attempts), (0.15, QueueId(1), true));
    let own = format!("{FIRST}repeat = {{ probability = 0.15, {after} }}");
    assert_eq!(self::journey(&own).repeat.map(|back| back.to), Some(QueueId(0)));
    assert!(scenario.echoes.iter().any(|line| line.contains("fresh demand is solved")));
}

#[test]
fn contacts_are_passed_on_cold_or_warm() {
    let transfer = |warm: &str| {
        let lines = format!("{FIRST}transfer = {{ probability = 0.1, to = \"second\"{warm} }}");
        journey(&lines).transfer.expect("transfer")
    };
    assert_eq!((transfer("").probability, transfer("").to, transfer("").warm), (0.1, QueueId(1), None));
    assert_eq!(transfer(", warm = \"30s\"").warm, Some(fixed(0.5)));
    assert_eq!(transfer(", warm = { exponential = { mean = \"1m\" } }").warm, Some(exponential(1.0)));
}

#[test]
fn cases_are_asked_back_and_chased() {
    let asked = journey("ask_back = { probability = 0.2, after = { exponential = { mean = \"4h\" } } }");
    assert_eq!(asked.ask_back.map(|ask| (ask.probability, ask.after)), Some((0.2, exponential(240.0))));
    let due = |minutes: u64, clock: Clock| Due { within: Micros::from_mins(minutes), clock };
    let chased = |lines: &str| journey(lines).chase.map(|chase| (chase.probability, chase.due, chase.to));
    let stated = "chase = { probability = 0.3, to = \"second\", after = \"4h\", clock = \"business\" }";
    assert_eq!(chased(stated), Some((0.3, due(240, Clock::Business), QueueId(1))));
    let promised = "target = [\"80% in 20s\", \"90% done in 8h elapsed\"]\n";
    let by_promise = format!("{promised}chase = {{ probability = 0.3, to = \"phone\" }}");
    assert_eq!(chased(&by_promise), Some((0.3, due(480, Clock::Elapsed), QueueId(0))));
    let sooner = format!("{promised}chase = {{ probability = 0.3, to = \"phone\", after = \"1h\" }}");
    assert_eq!(chased(&sooner).map(|(_, due, _)| due), Some(due(60, Clock::Elapsed)));
}

#[test]
fn self_service_stands_before_the_volumes() {
    let service = |counted: &str, more: &str| {
        let service =
            format!("self_service = {{ contained = 0.2, takes = \"45s\", handle_factor = 1.1{more} }}");
        phone(&format!("{FIRST}counted = \"{counted}\"\n{service}"))
    };
    let after = service("after_self_service", "");
    assert_eq!((after.volumes[7], after.volumes[8]), (0.0, 240.0 / 0.8));
    let facts = after.journey.self_service.expect("self-service");
    assert_eq!(
        (facts.contained.at(8), facts.takes, facts.factor),
        (0.2, Some(fixed(0.75)), Factor::new(1.1))
    );
    assert_eq!(facts.back, None);
    assert_eq!(service("before_self_service", "").volumes[8], 240.0);
    let back = ", repeat = { probability = 0.1, after = { fixed = \"1h\" }, to = \"second\" }";
    let back = service("before_self_service", back).journey.self_service.and_then(|service| service.back);
    assert_eq!(back.map(|back| (back.probability, back.to)), Some((0.1, QueueId(1))));
    let scenario = read_with(
        &text(&format!("{FIRST}counted = \"after_self_service\"\nself_service = {{ contained = 0.2 }}")),
        &[],
    );
    let said = "phone: 2,400 enter self-service, 1,920 reach the queue"; // 8 hours of 240 reach it
    assert!(scenario.echoes.iter().any(|line| line == said), "{:?}", scenario.echoes);
}

#[test]
fn an_outage_contains_nobody_and_leaves_the_volumes_alone() {
    let contained = |outage: &str| {
        let service = format!("self_service = {{ contained = [0.5, 0.4, 0.3, 0.2], outage = {outage} }}");
        let queue = phone(&format!("{FIRST}counted = \"after_self_service\"\n{service}"));
        assert_eq!(queue.volumes[8..12], [480.0, 400.0, 240.0 / 0.7, 300.0]);
        let share = queue.journey.self_service.expect("self-service").contained;
        [8, 9, 10, 11, 24 + 8, 24 + 9, 24 + 10, 24 + 11].map(|i| share.at(i))
    };
    let one = "{ from = \"09:00\", to = \"11:00\", day = 2 }";
    assert_eq!(contained(one), [0.5, 0.4, 0.3, 0.2, 0.5, 0.0, 0.0, 0.2]);
    let both = "[{ from = \"08:00\", to = \"09:00\" }, { from = \"11:00\", to = \"24:00\", day = 1 }]";
    assert_eq!(contained(both), [0.0, 0.4, 0.3, 0.0, 0.0, 0.4, 0.3, 0.2]);
}

#[test]
fn callbacks_as_the_rules_default_and_as_written() {
    let callback = |lines: &str| journey(&format!("callback = {{ {lines} }}")).callback.expect("callback");
    let plain = callback("offer = { waiting = 5 }, accept = 0.6");
    assert_eq!((plain.offer, plain.share, plain.accept), (Offer::Waiting(5), 1.0, Curve::constant(0.6)));
    assert_eq!((plain.place, plain.promise, plain.reserve), (Place::Keep, Micros::HOUR, 0));
    assert_eq!((plain.reached, plain.attempts, plain.retry_after), (1.0, 1, fixed(30.0)));
    assert_eq!((plain.dialling, plain.factor, plain.scored), (None, Factor::ONE, Scored::Apart));
    let full = callback(
        "offer = { expected_wait = \"3m\" }, share = \"50%\", accept = [[\"1m\", 0.3], [\"5m\", 0.7]],
         place = \"separate\", promise = \"2h\", reserve = 2, reached = 0.9, attempts = 3,
         retry_after = { exponential = { mean = \"20m\" } }, dialling = \"30s\", handle_factor = 0.9,
         scored = \"by_promise\""
            .replace('\n', " ")
            .as_str(),
    );
    assert_eq!((full.offer, full.share), (Offer::ExpectedWait(Micros::from_mins(3)), 0.5));
    assert_eq!((full.accept, full.place), (curve(&[(1, 0.3), (5, 0.7)]), Place::Separate));
    assert_eq!((full.promise, full.reserve, full.reached), (Micros::from_mins(120), 2, 0.9));
    assert_eq!((full.attempts, full.retry_after, full.dialling), (3, exponential(20.0), Some(fixed(0.5))));
    assert_eq!((full.factor, full.scored), (Factor::new(0.9), Scored::ByPromise));
    let on = callback("offer = \"always\", accept = 1.0, scored = \"clock_continues\"");
    assert_eq!((on.offer, on.scored), (Offer::Always, Scored::ClockContinues));
}

#[test]
fn customers_hear_the_expected_wait() {
    let lines =
        "announced_wait = { balk = [[\"1m\", 0.05], [\"10m\", 0.5]], patience = \"120%\" }\nexpected_wait = ";
    let journey = journey(&format!("{lines}\"moving_average\""));
    let announced = journey.announced.expect("announced_wait");
    assert_eq!(announced.balk, Some(curve(&[(1, 0.05), (10, 0.5)])));
    assert_eq!(
        (announced.patience, journey.estimator),
        (Some(Curve::constant(1.2)), Estimator::MovingAverage)
    );
    let words = [("patience", Estimator::Patience), ("queue_length", Estimator::QueueLength)];
    for (word, estimator) in words.into_iter().chain([("last_answered", Estimator::LastAnswered)]) {
        assert_eq!(self::journey(&format!("{lines}\"{word}\"")).estimator, estimator);
    }
}

#[test]
fn sessions_fall_silent_and_are_parked() {
    let silence =
        "silence = { every = \"3m\", lasts = { exponential = { mean = \"5m\" } } }\npark_after = \"2m\"";
    let queue = phone(&format!("channel = \"messaging\"\nat_close = \"carry_over\"\n{silence}"));
    let silence = queue.journey.silence.expect("silence");
    assert_eq!((silence.every, silence.lasts), (Micros::from_mins(3), exponential(5.0)));
    assert_eq!((silence.park_after, queue.at_close), (Micros::from_mins(2), AtClose::CarryOver));
}

#[test]
fn customers_come_while_closed() {
    let always = |lines: &str| {
        let text =
            text(lines).replacen("{ per_hour = 240 }", "{ per_hour = 240, hours = \"07:00-24:00\" }", 1);
        read(&text).queues.remove(0)
    };
    let queue = always("outside_hours = \"voicemail\"\nvoicemail = \"mail\"");
    assert_eq!(queue.journey.outside, Outside::Voicemail(QueueId(2)));
    let volumes = [6, 7, 8, 23, 24, 24 + 23].map(|i| queue.volumes[i]);
    assert_eq!(volumes, [0.0, 240.0, 240.0, 240.0, 0.0, 240.0]);
    assert_eq!((queue.opening.first(), queue.expected_contacts()), (Some(8), 2.0 * 17.0 * 240.0));
    let callback = "callback = { offer = \"always\", accept = 0.6 }\noutside_hours = \"callback\"";
    assert_eq!(always(callback).journey.outside, Outside::Callback);
    let bot =
        "counted = \"before_self_service\"\nself_service = { contained = 0.2 }\noutside_hours = \"bot\"";
    let bot = always(&format!("{FIRST}{bot}"));
    assert_eq!((bot.journey.outside, bot.volumes[7]), (Outside::Bot, 240.0));
    assert_eq!(always("outside_hours = \"turned_away\"").journey.outside, Outside::TurnedAway);
}

#[test]
fn a_special_opening_does_not_tell_customers_when_to_come() {
    let hours = "{ per_interval = [1, 2], hours = \"08:00-10:00\" }";
    let special = "open = \"08:00-12:00\"\nspecial = { \"2\" = { open = \"closed\", volume = 0.5 } }";
    let text =
        text("").replacen("{ per_hour = 240 }", hours, 1).replacen("open = \"08:00-12:00\"", special, 1);
    let queue = read(&text).queues.remove(0);
    assert_eq!([8, 9, 24 + 8, 24 + 9].map(|i| queue.volumes[i]), [1.0, 2.0, 0.5, 1.0]);
    assert!(!queue.opening.is_open(24 + 8));
}

#[test]
fn choosing_suspending_and_a_backlog() {
    let words = [
        ("in_order", Choose::InOrder),
        ("longest_idle", Choose::LongestIdle),
        ("most_idle", Choose::MostIdle),
    ];
    for (word, choose) in words {
        assert_eq!(journey(&format!("choose = \"{word}\"")).choose, choose);
    }
    assert_eq!(journey("backlog = 120").backlog, 120);
    assert!(journey("at_shift_end = \"suspend\"").suspend);
}

#[test]
fn work_that_can_wait_is_carried_over_and_suspended() {
    for channel in ["email", "social", "back_office"] {
        let queue = phone(&format!("channel = \"{channel}\""));
        assert!(queue.channel.is_deferred() && queue.journey.suspend, "{channel}");
        assert_eq!(queue.at_close, AtClose::CarryOver);
    }
    let unlike = phone("channel = \"email\"\nat_close = \"drop\"\nat_shift_end = \"finish\"");
    assert_eq!((unlike.at_close, unlike.journey.suspend), (AtClose::Drop, false));
    let list = phone("channel = \"outbound\"");
    assert!(
        list.channel.is_deferred() && !list.journey.suspend,
        "a list waits, a call that is made does not stop"
    );
    assert_eq!((list.at_close, list.within), (AtClose::CarryOver, Micros::DAY));
    for channel in ["voice", "video", "chat", "messaging"] {
        let queue = phone(&format!("channel = \"{channel}\""));
        assert_eq!(
            (queue.at_close, queue.journey.suspend, queue.channel.key()),
            (AtClose::Finish, false, channel)
        );
    }
    let mail = &read_with(&text(""), &[]);
    assert_eq!(mail.model.queues[2].channel, Channel::Email);
    let warned = |name: &str| {
        mail.notes.iter().any(|note| note.title.starts_with(&format!("`{name}` has no patience")))
    };
    assert!(warned("second") && !warned("mail"), "mail waits for ever, as mail does");
}

#[test]
fn promises_on_work_replies_and_callbacks() {
    let goals = |lines: &str| phone(lines).targets.into_iter().map(|target| target.goal).collect::<Vec<_>>();
    let done =
        |minutes: u64, clock: Clock| Goal::Done { share: 0.9, within: Micros::from_mins(minutes), clock };
    let table = "target = { done = 0.9, within = \"4h\", clock = \"business\" }";
    assert_eq!(goals(table), [done(240, Clock::Business)]);
    assert_eq!(goals("target = \"90% done in 1d elapsed per week\""), [done(1440, Clock::Elapsed)]);
    let callback = "callback = { offer = \"always\", accept = 0.6 }\ntarget = { called_back = \"90%\" }";
    assert_eq!(goals(callback), [Goal::CalledBack { share: 0.9 }]);
    let typed = text("channel = \"chat\"\ntarget = { replied = 0.8, within = \"1m\" }")
        + "typing = { think = \"40s\", compose = \"20s\" }\n";
    let replied = Goal::Replied { share: 0.8, within: Micros::from_mins(1) };
    assert_eq!(read(&typed).queues[0].targets[0].goal, replied);
    let told = |text: &str| {
        let notes = read_with(text, &[]).notes;
        notes
            .iter()
            .any(|note| note.title.starts_with("replies are worked out as if all contacts were chats"))
    };
    assert!(told(&typed), "the group serves calls and mail too");
    let alone = typed.replace("serves = [\"phone\", \"second\", \"mail\"]", "serves = [\"phone\"]");
    let others = "\n[group.others]\nserves = [\"second\", \"mail\"]\nagents = 3\n";
    assert!(alone != typed && !told(&(alone + others)));
    let queue = phone("target = [\"90% done in 4h elapsed\", \"80% in 30s\"]");
    assert_eq!(queue.thresholds, [Micros::from_secs(30)], "waits are counted, not times to the end");
}

#[test]
fn missing_a_promise_costs_and_exceeding_it_brings() {
    let answered = "target = { answered = 0.9, within = \"20s\", per = \"week\",
        penalty = [{ below = 0.85, cost = 1000 }, { below = \"80%\", cost = 500 }], bonus = { above = 0.95, gain = 200 } }";
    let target = phone(&answered.replace('\n', " ")).targets.remove(0);
    let due = |at: f64, below: bool, cost: f64| Penalty { at, below, cost };
    assert_eq!(target.penalties, [due(0.85, true, 1000.0), due(0.8, true, 500.0), due(0.95, false, -200.0)]);
    assert_eq!(target.per, Per::Week);
    let asa = "target = { asa = \"30s\", penalty = { above = \"1m\", cost = 1000 }, bonus = [{ below = \"15s\", gain = 200 }] }";
    let target = phone(asa).targets.remove(0);
    assert_eq!(target.penalties, [due(60.0, false, 1000.0), due(15.0, true, -200.0)]);
}
