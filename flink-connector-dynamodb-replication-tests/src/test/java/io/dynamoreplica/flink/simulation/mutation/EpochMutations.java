/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.List;

/** Broken rules about which readers are told the end of a copy, and when. */
final class EpochMutations {

    static final List<Mutation> ALL = List.of(
            new Mutation(
                    "the end of a copy is said while it waits at the fence",
                    "AnnouncedEnds",
                    "protocol.EpochEnds",
                    "VERIFYING, FENCED -> false;",
                    "VERIFYING -> false; case FENCED -> true;"),
            new Mutation(
                    "the end of a copy is said while its segments are read",
                    "AnnouncedEnds",
                    "protocol.EpochEnds",
                    "SCANNING, VERIFYING, FENCED -> false;",
                    "VERIFYING, FENCED -> false; case SCANNING -> true;"),
            new Mutation(
                    "beside a table that is being copied, an end that is in no checkpoint counts",
                    "AnnouncedEnds",
                    "protocol.EpochEnds",
                    "|| table.splits().everySegmentCovered();",
                    "|| table.splits().everySegmentEnded();"),
            new Mutation(
                    "a new attempt of a reader is not told of an end that others know",
                    "AnnouncedEnds",
                    "protocol.EpochEnds",
                    "!known || event.isReportOf(subtask)",
                    "!known"),
            new Mutation(
                    "the end of a copy is only told to readers that come later",
                    "AnnouncedEnds",
                    "protocol.EpochEnds",
                    "!known || event.isReportOf(subtask)",
                    "known && event.isReportOf(subtask)"));

    private EpochMutations() {}
}
