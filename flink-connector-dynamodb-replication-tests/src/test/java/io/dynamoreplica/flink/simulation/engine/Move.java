/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.reader.cursor.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The small steps of a job, each with the tasks that can take it now. */
public enum Move {
    /** An attempt that was deployed begins to run. */
    START {
        @Override
        Optional<String> make(Job job, Dice dice) {
            return reader(job, dice, reader -> !reader.isStarted()).map(reader -> {
                job.start(reader);
                return "reader " + reader.subtask() + " starts";
            });
        }
    },
    /** A reader makes a call that is due. */
    CALL {
        @Override
        Optional<String> make(Job job, Dice dice) {
            return reader(job, dice, reader -> !reader.due().isEmpty()).map(reader -> {
                Reading reading = dice.any(reader.due());
                return "reader "
                        + reader.subtask()
                        + " calls "
                        + reader.call(reading).operation()
                        + " for "
                        + reading.split().splitId();
            });
        }
    },
    /** The answer to a reader's call arrives. */
    ANSWER {
        @Override
        Optional<String> make(Job job, Dice dice) {
            return reader(job, dice, reader -> !reader.answered().isEmpty()).map(reader -> {
                Reading reading = dice.any(reader.answered());
                Outcome outcome = reader.takeAnswer(reading);
                String what = "reader "
                        + reader.subtask()
                        + " is answered for "
                        + reading.split().splitId()
                        + ": "
                        + brief(outcome);
                if (outcome instanceof Outcome.Failed failed) {
                    job.taskFailed(reader.subtask(), failed.message());
                }
                return what;
            });
        }
    },
    /** A reader emits an element. */
    EMIT {
        @Override
        Optional<String> make(Job job, Dice dice) {
            return reader(job, dice, ReaderTask::hasFetched)
                    .map(reader -> "reader " + reader.subtask() + " emits " + reader.emit());
        }
    },
    /** A reader's message reaches the coordinator. */
    TO_COORDINATOR {
        @Override
        Optional<String> make(Job job, Dice dice) {
            return reader(job, dice, reader -> !reader.outbox().isEmpty())
                    .map(reader ->
                            "the coordinator hears from reader " + reader.subtask() + ": " + job.deliver(reader));
        }
    },
    /** The coordinator's message, or a barrier, reaches a reader. */
    TO_READER {
        @Override
        Optional<String> make(Job job, Dice dice) {
            return reader(
                            job,
                            dice,
                            reader -> reader.isStarted() && !reader.inbox().isEmpty())
                    .map(reader -> "reader " + reader.subtask() + " gets " + job.receive(reader));
        }
    },
    /** A sink takes an element from a channel. */
    APPLY {
        @Override
        Optional<String> make(Job job, Dice dice) {
            List<SinkTask> ready = job.downstream().ready();
            if (ready.isEmpty()) {
                return Optional.empty();
            }
            SinkTask sink = dice.any(ready);
            int source = dice.any(sink.ready());
            return Optional.of("sink " + sink.subtask() + " takes from " + source + ": " + job.take(sink, source));
        }
    },
    /** The enumerator makes a call, or one of its timers fires. */
    CONTROL {
        @Override
        Optional<String> make(Job job, Dice dice) {
            if (job.coordinator().control().due() == 0) {
                return Optional.empty();
            }
            job.coordinator().control().doAny(dice);
            return Optional.of("the control plane gets on");
        }
    };

    private static final List<Move> ALL = List.of(values());

    abstract Optional<String> make(Job job, Dice dice);

    /** Makes any move that is possible; returns empty if there is none. */
    public static Optional<String> any(Job job, Dice dice) {
        int first = dice.below(ALL.size());
        for (int i = 0; i < ALL.size(); i++) {
            Optional<String> made = ALL.get((first + i) % ALL.size()).make(job, dice);
            if (made.isPresent()) {
                return made;
            }
        }
        return Optional.empty();
    }

    static Optional<ReaderTask> reader(Job job, Dice dice, Predicate<ReaderTask> which) {
        List<ReaderTask> able = new ArrayList<>();
        for (ReaderTask reader : job.readers()) {
            if (which.test(reader)) {
                able.add(reader);
            }
        }
        return able.isEmpty() ? Optional.empty() : Optional.of(dice.any(able));
    }

    static String brief(Outcome outcome) {
        if (outcome instanceof Outcome.Scanned scanned) {
            return "page of " + scanned.page().items().size() + end(outcome);
        }
        if (outcome instanceof Outcome.Read read) {
            return "records: " + read.page().records().size() + end(outcome);
        }
        return outcome.toString();
    }

    private static String end(Outcome outcome) {
        return outcome.isFinal() ? ", the last" : "";
    }
}
