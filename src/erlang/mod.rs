//! Exact theory: the formulas that planners have used for a century, and what each leaves out.
//!
//! They answer in microseconds and without noise, and serve the program as a first guess and as a check on the
//! simulation. All of them describe a **steady state**: arrivals at a constant rate (Poisson), one kind of agent, one
//! queue, first come first served, and long enough for the start to be forgotten. Load is in *erlangs*, calls per
//! second times seconds per call; times are in seconds.
//!
//! | formula | a caller who finds everybody busy | assumes | leaves out |
//! |---|---|---|---|
//! | [`blocking`] (Erlang B) | is turned away | any handle times | waiting of any kind, redials |
//! | [`ErlangC`] (M/M/n) | waits until answered | exponential handle times, endless patience and lines | hanging up: it asks for too many agents, and knows no overload |
//! | [`ErlangA`] (M/M/n+M) | waits, and hangs up at a constant rate | exponential handle times and patience, lines limited or not | redials, patience that changes with the wait |
//! | [`MMnG`] (M/M/n+G) | waits, and hangs up by a law of patience | exponential handle times, endless lines | redials |
//! | [`interval_loads`] (M_t/G/∞) | cannot be: there are always enough agents | rates constant per interval, any handle times | waiting, and what it does to the next interval |
//!
//! None of them knows breaks, skills, callbacks, chats or a rate that changes within the queue's memory: for those,
//! simulate. What several chats in one agent's hands do to each other is [`Typing`]; what an observed handle time says
//! about a chat alone is [`alone_from_shares`].
//!
//! The way from demand to agents and back is [`agents_needed`] and [`load_carried`]. A service level is one of four
//! [`Definition`]s; in Erlang C, where nobody is lost, all four are the same.
//!
//! No input makes these functions panic or return NaN. An input outside its domain is a [`Fault`]; too few agents is
//! an answer (`is_stable` is false, waits are infinite, the service level is 0).
//!
//! ```
//! use headcount::erlang::{Definition, Demand, Goal, agents_needed};
//! // 200 calls an hour of 3 minutes each: how many agents answer 90% within 2 minutes?
//! let demand = Demand::calls(200.0, 180.0).with_patience(240.0);
//! let goal = Goal::ServiceLevel { definition: Definition::Offered, share: 0.9, within_s: 120.0 };
//! assert_eq!(agents_needed(&demand, &goal), Some(11));
//! ```
mod a;
mod agents;
mod b;
mod c;
mod concurrency;
mod fault;
mod general;
mod law;
mod laws;
mod offered_load;
mod offered_wait;
mod places;
mod quadrature;
mod service_level;
mod sinusoidal;
mod typing;

pub use a::ErlangA;
pub use agents::{Demand, Goal, MAX_AGENTS, agents_needed, agents_needed_for_all, load_carried};
pub use b::{blocking, lines_needed, load_for_blocking};
pub use c::ErlangC;
pub use concurrency::{USUAL_EXTRA, alone_from_mean, alone_from_shares, mean_of_shares};
pub use fault::{Fault, MAX_IN_HAND, MAX_LOAD, MAX_MEAN_S, MIN_MEAN_S};
pub use general::MMnG;
pub use law::{FromFn, FromSurvival, Law};
pub use laws::{Exponential, Fixed, Gamma, Hyperexponential, Lognormal, Uniform, Weibull};
pub use offered_load::{interval_loads, mean_in_hand};
pub use service_level::{Definition, Queue};
pub use sinusoidal::Sinusoid;
pub use typing::{Replies, Typing};
