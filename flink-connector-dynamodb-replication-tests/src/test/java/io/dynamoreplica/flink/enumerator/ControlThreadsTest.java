/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ReplicationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlThreadsTest {

    private final SimpleCounter failedCalls = new SimpleCounter();
    private final BlockingQueue<RuntimeException> broken = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final ControlThreads threads = new ControlThreads(failedCalls, broken::add);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void theRestsDoubleFromHalfASecondToHalfAMinute() {
        assertThat(ControlThreads.backoffMillis(1)).isEqualTo(500);
        assertThat(ControlThreads.backoffMillis(2)).isEqualTo(1_000);
        assertThat(ControlThreads.backoffMillis(6)).isEqualTo(16_000);
        assertThat(ControlThreads.backoffMillis(7)).isEqualTo(30_000);
        assertThat(ControlThreads.backoffMillis(1_000_000)).isEqualTo(30_000);
    }

    /** For example an answer that is nested too deeply to be decoded. The job must not wait for it. */
    @Test
    void anErrorOfTheMachineIsToldToo() throws InterruptedException {
        StackOverflowError error = new StackOverflowError();
        threads.after(0, () -> {
            throw error;
        });
        assertThat(broken.poll(20, TimeUnit.SECONDS))
                .hasMessageContaining("java.lang.StackOverflowError")
                .hasNoCause()
                .hasSuppressedException(error);
    }

    /** The answer can have been damaged in transit, so the job restarts. */
    @Test
    void anAnswerThatCannotBeUsedFailsTheJobWithoutStoppingIt() throws InterruptedException {
        threads.after(0, () -> {
            throw new ReplicationException("Table orders has keys of a new type");
        });
        assertThat(broken.poll(20, TimeUnit.SECONDS))
                .isNotInstanceOf(ReplicationStoppedException.class)
                .hasMessageContaining("Table orders has keys of a new type");
    }

    @Test
    void aCallIsMadeUntilItIsAnswered() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        long start = System.nanoTime();
        threads.call(
                new ControlCall<>(
                        "the test's call",
                        () -> calls.incrementAndGet() == 1
                                ? Answer.refused(Refusal.Kind.THROTTLED, "slow down")
                                : Answer.ok("done"),
                        answers::add,
                        (refusal, failures) -> true),
                Urgency.ROUTINE);
        assertThat(answers.poll(20, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(calls).hasValue(2);
        assertThat(failedCalls.getCount()).isEqualTo(1);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(500_000_000L);
    }

    @Test
    void aRefusalThatIsNotPassingIsTheLastWord() throws InterruptedException {
        threads.call(
                new ControlCall<String>(
                        "the test's call",
                        () -> Answer.refused(Refusal.Kind.NOT_FOUND, "no such table"),
                        answers::add,
                        (refusal, failures) -> {
                            answers.add(refusal.message() + " " + failures);
                            return false;
                        }),
                Urgency.ROUTINE);
        assertThat(answers.poll(20, TimeUnit.SECONDS)).isEqualTo("no such table 1");
    }

    @Test
    void whatATaskThrowsIsNotLost() throws InterruptedException {
        threads.after(0, () -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(broken.poll(20, TimeUnit.SECONDS)).hasMessageContaining("a bug");
    }

    @Test
    void whatATaskThrowsDoesNotEndItsRepetition() throws InterruptedException {
        threads.every(1, () -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(broken.poll(20, TimeUnit.SECONDS)).hasMessageContaining("a bug");
        assertThat(broken.poll(20, TimeUnit.SECONDS)).hasMessageContaining("a bug");
    }

    /** Occupies a control thread, as a call does that waits for its pace or for an answer. */
    private CountDownLatch busy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        threads.enqueue(
                () -> {
                    begun.countDown();
                    awaited(end);
                },
                Urgency.ROUTINE);
        begun.await();
        return end;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTimerDoesNotWaitForCalls() throws InterruptedException {
        busy();
        busy();
        threads.after(0, () -> answers.add("in time"));
        assertThat(answers.poll(20, TimeUnit.SECONDS)).isEqualTo("in time");
    }

    @Test
    void whatIsAskedForGoesBeforeRoutineAndBothInTheirOrder() throws InterruptedException {
        busy();
        CountDownLatch end = busy();
        threads.enqueue(() -> answers.add("routine 1"), Urgency.ROUTINE);
        threads.enqueue(() -> answers.add("routine 2"), Urgency.ROUTINE);
        threads.enqueue(() -> answers.add("asked for 1"), Urgency.ASKED_FOR);
        threads.enqueue(() -> answers.add("asked for 2"), Urgency.ASKED_FOR);
        end.countDown();
        List<String> order = new ArrayList<>();
        for (int answer = 0; answer < 4; answer++) {
            order.add(answers.poll(20, TimeUnit.SECONDS));
        }
        assertThat(order).containsExactly("asked for 1", "asked for 2", "routine 1", "routine 2");
    }

    @Test
    void whatADiscoveryAsksIsRoutine() {
        assertThat(Urgency.of(new ProtocolEvent.DiscoveryDue())).isEqualTo(Urgency.ROUTINE);
        assertThat(Urgency.of(new ProtocolEvent.Started())).isEqualTo(Urgency.ROUTINE);
        assertThat(Urgency.of(new ProtocolEvent.SplitsEnded(0, List.of()))).isEqualTo(Urgency.ASKED_FOR);
    }

    @Test
    void nothingIsScheduledAfterTheEnd() {
        threads.close();
        threads.after(0, () -> answers.add("too late"));
        threads.enqueue(() -> answers.add("too late"), Urgency.ASKED_FOR);
        assertThat(answers).isEmpty();
        assertThat(broken).isEmpty();
    }
}
