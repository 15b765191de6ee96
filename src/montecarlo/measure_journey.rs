//! From sums to estimates for what behaviours bring. A figure applies where the scenario switches on what it counts;
//! elsewhere it is left out, never zero.

use super::frame::QueueFrame;
use super::journey::{Count, JourneySums, Ratio, StockSums};
use super::measure::{Lens, SECONDS};
use super::outcome::{
    AnnouncedWait, CallbackScoring, DoneWithin, FirstAttempts, KeptWithin, QueueInterval, QueueOutcome,
};
use crate::model::{Goal, Journey, Model, Outside, Queue, QueueId, Return};
use crate::stats::{Estimate, RatioMoments};

/// Which figures apply to a queue.
struct Applies<'a> {
    model: &'a Model,
    queue: &'a Queue,
    id: QueueId,
}

impl Applies<'_> {
    /// Whether any queue sends contacts here by this kind of return.
    fn returns(&self, pick: impl Fn(&Journey) -> Option<&Return>) -> bool {
        self.model.queues.iter().filter_map(|queue| pick(&queue.journey)).any(|back| back.to == self.id)
    }

    /// Contacts who were not satisfied, in another queue or by self-service, come back here.
    fn repeats(&self) -> bool {
        self.returns(|journey| journey.repeat.as_ref())
            || self.returns(|journey| journey.self_service.as_ref()?.back.as_ref())
    }

    /// Another queue passes contacts on to this one.
    fn transferred(&self) -> bool {
        self.model.queues.iter().any(|queue| {
            queue.journey.transfer.as_ref().is_some_and(|transfer| transfer.to == self.id)
                || queue.after_wait.is_some_and(|leave| leave.to == self.id)
                || queue.journey.outside == Outside::Voicemail(self.id)
        })
    }

    fn chases(&self) -> bool {
        self.model.queues.iter().filter_map(|queue| queue.journey.chase.as_ref()).any(|c| c.to == self.id)
    }

    /// Customers may come again, or answer what they were asked, only after the end of the run.
    fn unseen(&self) -> bool {
        let journey = &self.queue.journey;
        let back = journey.self_service.as_ref().and_then(|service| service.back.as_ref());
        let returns = [&journey.redial, &journey.redial_blocked, &journey.repeat];
        returns.into_iter().any(Option::is_some) || back.is_some() || journey.ask_back.is_some()
    }

    /// Not everybody who is offered comes for the first time.
    fn second_attempts(&self) -> bool {
        self.returns(|journey| journey.redial.as_ref())
            || self.returns(|journey| journey.redial_blocked.as_ref())
            || self.repeats()
            || self.transferred()
            || self.chases()
            || self.queue.journey.ask_back.is_some()
    }

    fn callbacks(&self) -> bool {
        self.queue.journey.callback.is_some() || self.queue.journey.outside == Outside::Callback
    }

    /// Work may lie: what is open is counted where it is deferred.
    fn backlog(&self) -> bool {
        self.queue.channel.is_deferred()
    }

    fn done(&self) -> bool {
        self.queue.targets.iter().any(|target| matches!(target.goal, Goal::Done { .. }))
    }

    /// A case may take more than one touch, or is promised to be done.
    fn cases(&self) -> bool {
        let journey = &self.queue.journey;
        let passed_on = journey.transfer.is_some() || journey.repeat.is_some() || journey.ask_back.is_some();
        self.queue.channel.is_deferred() || passed_on || self.done()
    }
}

impl Lens<'_> {
    /// Fills in what the behaviours of queue `q` brought.
    pub(super) fn journey(&self, q: usize, found: &mut QueueOutcome) {
        let (frame, sums) = (&self.frame.queues[q], &self.gather.queues[q]);
        let Some(sums) = &sums.journey else { return };
        let queue = &self.model.queues[q];
        let applies = Applies { model: self.model, queue, id: QueueId(q) };
        self.coming_again(&applies, frame, sums, found);
        self.called_back(&applies, frame, sums, found);
        self.worked_off(&applies, sums, found);
        self.paused(queue, frame, sums, found);
        found.announced = self.announced(sums);
        if queue.lines.is_some() || queue.max_waiting.is_some() {
            found.first_attempt_blocked = self.share(sums.ratio(Ratio::FirstBlocked));
        }
        if applies.second_attempts() {
            found.first_attempt_service_level = self.first_attempts(queue, frame, sums);
        }
        for (at, sums) in found.intervals.iter_mut().zip(&sums.intervals) {
            self.stock(&applies, sums, at);
        }
    }

    /// A count per day of counted opening, where it applies.
    fn counted(
        &self,
        applies: bool,
        frame: &QueueFrame,
        sums: &JourneySums,
        count: Count,
    ) -> Option<Estimate> {
        self.per_day(sums.count(count), frame.open_days()).filter(|_| applies)
    }

    fn coming_again(
        &self,
        applies: &Applies<'_>,
        frame: &QueueFrame,
        sums: &JourneySums,
        found: &mut QueueOutcome,
    ) {
        let counted = |applies, count| self.counted(applies, frame, sums, count);
        let contained = applies.queue.journey.self_service.is_some();
        found.entered = counted(true, Count::Entered);
        found.contained = counted(contained, Count::Contained);
        found.containment = self.share(sums.ratio(Ratio::Containment)).filter(|_| contained);
        found.unseen = counted(applies.unseen(), Count::Unseen);
        found.redials = counted(applies.returns(|j| j.redial.as_ref()), Count::Redials);
        found.redials_blocked =
            counted(applies.returns(|j| j.redial_blocked.as_ref()), Count::RedialsBlocked);
        found.repeats = counted(applies.repeats(), Count::Repeats);
        found.transferred = counted(applies.transferred(), Count::Transferred);
        found.chases = counted(applies.chases(), Count::Chases);
        found.replies = counted(applies.queue.journey.ask_back.is_some(), Count::Replies);
    }

    fn called_back(
        &self,
        applies: &Applies<'_>,
        frame: &QueueFrame,
        sums: &JourneySums,
        found: &mut QueueOutcome,
    ) {
        if !applies.callbacks() {
            return;
        }
        let counted = |count| self.counted(true, frame, sums, count);
        found.callbacks = counted(Count::Callbacks);
        found.callbacks_connected = counted(Count::Connected);
        found.callbacks_not_reached = counted(Count::NotReached);
        found.callbacks_unfinished = counted(Count::CallbacksUnfinished);
        found.callback_wait_s = self.seconds(sums.ratio(Ratio::CallbackWait));
        found.mean_callback_queue = self.per_time(&sums.callback_time, frame.open.len());
        let Some(callback) = &applies.queue.journey.callback else { return };
        found.callbacks_offered = counted(Count::CallbacksOffered);
        let share = self.share(sums.ratio(Ratio::CallbackKept));
        let within_s = callback.promise.as_secs_f64();
        found.callback_promise = share.map(|share| KeptWithin { within_s, share: Some(share) });
        let [apart, by_promise, clock_continues] = std::array::from_fn(|k| self.share(&sums.scorings[k]));
        found.callback_scoring = (apart.is_some() || by_promise.is_some()).then_some(CallbackScoring {
            apart,
            by_promise,
            clock_continues,
        });
    }

    fn worked_off(&self, applies: &Applies<'_>, sums: &JourneySums, found: &mut QueueOutcome) {
        if applies.backlog() {
            found.backlog_end = sums.count(Count::BacklogEnd).mean(self.level);
        }
        if applies.cases() {
            found.resolution_time_s = self.seconds(sums.ratio(Ratio::Resolution));
            found.first_contact_resolution = self.share(sums.ratio(Ratio::ResolvedAtOnce));
            found.touches_per_case = sums.ratio(Ratio::Touches).ratio(self.level);
        }
        let promises = applies.queue.targets.iter().filter_map(|target| match target.goal {
            Goal::Done { within, clock, .. } => Some((within.as_secs_f64(), clock.key())),
            _ => None,
        });
        let done = |((within_s, clock), [started, completed]): (_, &[RatioMoments; 2])| DoneWithin {
            within_s,
            clock,
            started: self.share(started),
            completed: self.share(completed),
        };
        found.done = promises.zip(&sums.done).map(done).collect();
    }

    /// Parked sessions.
    fn paused(&self, queue: &Queue, frame: &QueueFrame, sums: &JourneySums, found: &mut QueueOutcome) {
        if queue.journey.silence.is_none() {
            return;
        }
        found.resumed = self.counted(true, frame, sums, Count::Resumed);
        found.reply_wait_s = self.seconds(sums.ratio(Ratio::ReplyWait));
        let promised = queue.targets.iter().find_map(|target| match target.goal {
            Goal::Replied { within, .. } => Some(within.as_secs_f64()),
            _ => None,
        });
        let share = self.share(sums.ratio(Ratio::ReplyKept));
        found.replied = promised.filter(|_| share.is_some()).map(|within_s| KeptWithin { within_s, share });
    }

    /// Nothing where nobody heard a wait.
    fn announced(&self, sums: &JourneySums) -> Option<AnnouncedWait> {
        let mean_announced_s = self.seconds(sums.ratio(Ratio::AnnouncedWait));
        mean_announced_s.is_some().then(|| AnnouncedWait {
            mean_announced_s,
            mean_real_s: self.seconds(sums.ratio(Ratio::RealWait)),
            mean_error_s: self.seconds(sums.ratio(Ratio::AnnouncedError)),
        })
    }

    fn first_attempts(&self, queue: &Queue, frame: &QueueFrame, sums: &JourneySums) -> Option<FirstAttempts> {
        let within_s = frame.level?.within(queue).as_secs_f64();
        let offered = self.share(&sums.first_offered);
        let answered = self.share(&sums.first_answered);
        offered.is_some().then_some(FirstAttempts { within_s, offered, answered })
    }

    fn stock(&self, applies: &Applies<'_>, sums: &StockSums, at: &mut QueueInterval) {
        if applies.backlog() {
            at.backlog = sums.backlog.mean(self.level);
            at.oldest_s = sums.oldest.mean(self.level).map(|e| e.scale(SECONDS));
        }
        if applies.done() {
            at.done = self.share(&sums.done);
        }
    }
}
