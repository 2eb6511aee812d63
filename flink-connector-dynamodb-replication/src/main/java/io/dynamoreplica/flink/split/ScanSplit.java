/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

/**
 * One segment of a parallel Scan.
 *
 * @param segment from 0 to {@code totalSegments - 1}
 * @param totalSegments fixed for an epoch: DynamoDB accepts a {@code LastEvaluatedKey} only with the
 *     same number of segments that it was returned for
 * @param position how far the segment was emitted
 */
public record ScanSplit(String table, long epoch, int segment, int totalSegments, ScanPosition position)
        implements ReplicationSplit {

    public ScanSplit {
        if (table.isEmpty()) {
            throw new IllegalArgumentException("A scan split needs a table name");
        }
        if (totalSegments < 1 || segment < 0 || segment >= totalSegments) {
            throw new IllegalArgumentException("Segment %d of %d does not exist".formatted(segment, totalSegments));
        }
        if (position == null) {
            throw new IllegalArgumentException("A scan split needs a position");
        }
    }

    /** Returns the identity of a segment, stable over its life. */
    public static String idOf(String table, long epoch, int segment) {
        return table + "/" + epoch + "/segment-" + segment;
    }

    @Override
    public String splitId() {
        return idOf(table, epoch, segment);
    }

    @Override
    public boolean isFinished() {
        return position instanceof ScanPosition.End;
    }

    public ScanSplit at(ScanPosition newPosition) {
        return new ScanSplit(table, epoch, segment, totalSegments, newPosition);
    }
}
