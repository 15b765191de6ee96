//! Several contacts in hand, skills, people and outcomes: every key reaches the model.

use super::{read, read_with};
use headcount::model::{
    Assign, Curve, Factor, Group, Hands, Law, Learning, Over, People, QueueId, Shape, Typing,
};
use headcount::scenario::Scenario;
use headcount::units::Micros;

/// Phone, chat and mail, served by one crew with these further lines.
fn text(lines: &str) -> String {
    let queue = |name: &str, channel: &str, more: &str| {
        format!(
            "[queue.{name}]\nchannel = \"{channel}\"\narrivals = {{ per_hour = 60 }}\naht = {{ fixed = \"5m\" }}\n
            patience = {{ exponential = {{ mean = \"3m\" }} }}\nvolume_is = \"first_contacts\"\n{more}\n"
        )
    };
    let passed_on = "transfer = { probability = 0.1, to = \"mail\" }\n
        repeat = { probability = 0.1, after = { fixed = \"1d\" } }";
    let queues = [queue("phone", "voice", passed_on), queue("chat", "chat", ""), queue("mail", "email", "")];
    format!(
        "{}[group.crew]\nserves = [\"phone\", \"chat\", \"mail\"]\nagents = 40\n{lines}\n",
        queues.concat()
    )
}

fn scenario(lines: &str) -> Scenario {
    read_with(&text(lines), &[])
}

fn crew(lines: &str) -> Group {
    read(&text(lines)).groups.remove(0)
}

fn needs(group: &Group) -> Vec<u32> {
    group.serves.iter().map(|skill| skill.need).collect()
}

#[test]
fn one_at_a_time_unless_written() {
    let crew = crew("");
    assert_eq!((needs(&crew), crew.hands, crew.people), (vec![1, 1, 1], Hands::default(), People::default()));
    assert_eq!(crew.cost_per_contact, None);
}

#[test]
fn capacity_is_the_least_common_multiple() {
    let three = crew("concurrency = { chat = 3 }\nhandle_by_load = [1.0, 1.12, 1.24]");
    assert_eq!((three.hands.capacity, needs(&three)), (3, vec![3, 1, 3]));
    assert_eq!(three.hands.stretch, [1.0, 1.12, 1.24].map(Factor::new));
    let both = crew("concurrency = { chat = 4, email = 6 }\nhandle_by_load = [1]\nassign = \"fill_first\"");
    assert_eq!((both.hands.capacity, needs(&both)), (12, vec![12, 3, 2]));
    assert_eq!(both.hands.assign, Assign::FillFirst);
    let unused = crew("concurrency = { social = 5 }");
    assert_eq!((unused.hands.capacity, needs(&unused)), (1, vec![1, 1, 1]));
    let said = scenario("concurrency = { chat = 3 }\nhandle_by_load = [1.0, 1.12, 1.24]").echoes;
    let words = "crew: up to 3 contacts in hand, handle times ×1.00, ×1.12, ×1.24";
    assert!(said.iter().any(|line| line == words), "{said:?}");
}

#[test]
fn only_queues_on_the_route_are_held() {
    let text =
        text("concurrency = { chat = 3, email = 2 }") + "[group.mailers]\nserves = [\"mail\"]\nagents = 3\n";
    let routed = text.replace("channel = \"email\"", "channel = \"email\"\nroute = [\"mailers\"]");
    assert_eq!((read(&text).groups[0].hands.capacity, read(&routed).groups[0].hands.capacity), (6, 3));
}

#[test]
fn handle_times_follow_from_typing() {
    let typing = "typing = { think = \"100s\", compose = \"33s\", switching = 0.1 }";
    let hands = crew(&format!("concurrency = {{ chat = 5 }}\n{typing}")).hands;
    let expected = Typing { think: Micros::from_secs(100), compose: Micros::from_secs(33), switching: 0.1 };
    assert_eq!(hands.typing, Some(expected));
    // f(k) by hand from the machine-repair formula with r = 0.33: close to the concurrency factors in use in the field.
    let effective = (1..=5).zip(&hands.stretch).map(|(k, factor)| f64::from(k) / factor.as_f64());
    for (found, expected) in effective.zip([1.0, 1.82, 2.51, 3.01, 3.34]) {
        assert!((found - expected).abs() < 0.005, "{found} is not {expected}");
    }
    let written = crew(&format!("concurrency = {{ chat = 2 }}\nhandle_by_load = [1, 1.5]\n{typing}")).hands;
    assert_eq!((written.stretch, written.typing), ([1.0, 1.5].map(Factor::new).to_vec(), Some(expected)));
}

#[test]
fn skills_have_reserves_successes_and_factors() {
    let crew = crew(
        "reserve = { mail = 2 }\ninterrupt = { mail = true, phone = false }\nsuccess = { phone = \"80%\" }\n
        repeat_factor = { phone = 1.3 }\ncost_per_contact = 4.5",
    );
    let [phone, chat, mail] = crew.serves.as_slice() else { panic!("three skills") };
    assert_eq!((phone.success, phone.repeat_factor, phone.interruptible), (Some(0.8), 1.3, false));
    assert_eq!((chat.success, chat.repeat_factor, chat.reserve), (None, 1.0, 0));
    assert_eq!((mail.reserve, mail.interruptible, crew.cost_per_contact), (2, true, Some(4.5)));
}

#[test]
fn people_stay_away_come_late_and_learn() {
    let people = |lines: &str| crew(lines).people;
    let all = people(
        "absence = \"5%\"\nlate = { share = \"10%\", by = \"10m\" }\nlearning = { factor = 1.5, weeks = 16 }",
    );
    let late = all.late.expect("late");
    assert_eq!((all.absence, late.share, late.by), (0.05, 0.1, Law::constant(Shape::Fixed, 600.0)));
    assert_eq!(all.learning, Some(Learning { factor: 1.5, weeks: 16.0 }));
    let law = people("late = { share = 0.1, by = { exponential = { mean = \"10m\" } } }").late.expect("late");
    assert_eq!(law.by, Law::constant(Shape::Exponential, 600.0));
}

#[test]
fn outcomes_follow_from_waits() {
    let model = read(
        &(text("")
            + "[outcome.satisfied]\nqueue = \"phone\"\npoints = [[\"1m\", 0.95], [\"5m\", \"70%\"]]\n
            [outcome.cancelled]\nqueue = \"mail\"\nover = \"resolution\"\npoints = [[\"1d\", 0], [\"7d\", 0.2]]\n
            unanswered = 0.1\nvalue = -30.5\n"),
    );
    let [satisfied, cancelled] = model.outcomes.as_slice() else { panic!("two outcomes") };
    let points = vec![(Micros::from_mins(1), 0.95), (Micros::from_mins(5), 0.7)];
    assert_eq!(
        (satisfied.name.as_str(), satisfied.queue, satisfied.over),
        ("satisfied", QueueId(0), Over::Wait)
    );
    assert_eq!((Some(&satisfied.share), satisfied.value), (Curve::through(points).as_ref(), None));
    assert_eq!((cancelled.queue, cancelled.over), (QueueId(2), Over::Resolution));
    assert_eq!((cancelled.unanswered, cancelled.value), (Some(0.1), Some(-30.5)));
}

#[test]
fn a_steady_start_counts_who_comes_again() {
    let steady = |lines: &str| {
        let text = "[run]\nstart = \"steady\"\n[queue.first]\narrivals = { per_hour = 60 }\naht = { fixed = \"5m\" }\n"
            .to_owned()
            + lines
            + "\n[queue.second]\narrivals = { per_hour = 0 }\naht = { fixed = \"30m\" }\n
            [group.a]\nserves = [\"first\"]\nagents = 9\n[group.b]\nserves = [\"second\"]\nagents = 9\n";
        headcount::scenario::from_text("test.toml", &text, None, &[])
    };
    let lead = |lines: &str| steady(lines).expect("no faults").model.calendar.grid.lead;
    let passed_on = |share: f64| {
        format!("volume_is = \"first_contacts\"\ntransfer = {{ probability = {share}, to = \"second\" }}")
    };
    assert!(
        lead("") < lead(&passed_on(0.1)),
        "the second line needs longer to settle: 3 of 9 agents at 30 minutes"
    );
    let over = steady(&passed_on(0.3)).expect_err("9 Erlang on 9 agents").to_string();
    assert!(over.contains("`second` brings 9.0 Erlang to 9 agents"), "{over}");
    let asked = "ask_back = { probability = 0.5, after = { fixed = \"1m\" } }";
    let over = steady(asked).expect_err("two touches a case").to_string();
    assert!(over.contains("`first` brings 10.0 Erlang"), "{over}");
    let late = "volume_is = \"first_contacts\"\nrepeat = { probability = 0.1, after = { fixed = \"1h\" } }";
    assert_eq!(lead(late), Micros::from_mins(12 * 60));
}
