/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The options of the connector, without the options for the connection to AWS: see {@link AwsOptions}. */
@PublicEvolving
public final class ReplicationOptions {

    public static final ConfigOption<String> TABLE_NAME = ConfigOptions.key("table-name")
            .stringType()
            .noDefaultValue()
            .withDescription("The name or the ARN of the DynamoDB table to replicate.");

    public static final ConfigOption<StartupMode> STARTUP_MODE = ConfigOptions.key(StartupMode.OPTION)
            .enumType(StartupMode.class)
            .defaultValue(StartupMode.INITIAL)
            .withDescription(
                    """
                    The start of the replication. 'initial' copies the table and continues with its stream. \
                    'snapshot' copies the table and ends. 'full-table' copies the table again and again, without its \
                    stream. 'latest-offset' reads the stream from about now. 'earliest-offset' reads the stream from \
                    the oldest record that it keeps (24 hours at most).""");

    public static final ConfigOption<String> PROJECTION_EXPRESSION = ConfigOptions.key("scan.projection-expression")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The parts of an item to replicate, as a projection expression of DynamoDB, such as 'total, \
                    address.city, tags[0]'. The Scan requests only these parts, images of the stream are reduced to \
                    them, and the key is always replicated. If it is not set, whole items are replicated, or in SQL \
                    the parts that the query needs.""");

    public static final ConfigOption<String> EXPRESSION_ATTRIBUTE_NAMES = ConfigOptions.key(
                    "scan.expression-attribute-names")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The attribute name for each placeholder in the projection expression or in the paths of SQL \
                    columns, as a JSON object: '{"#c": "city-name"}'. A name needs a placeholder if it is not a \
                    letter followed by letters, digits and '_'. Reserved words need no placeholder.""");

    /**
     * The option for a column of a SQL table that is not the attribute with the column's own name.
     * The key has the column's name in place of {@code <column>}. It is not in {@link #all()},
     * because a DataStream has no columns.
     */
    public static final ConfigOption<String> COLUMN_PATH = ConfigOptions.key("attribute.<column>")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The path in an item from which the column is read, such as 'address.city' or 'tags[0]'. Without \
                    this option, the column is the attribute with the column's own name.""");

    /** The prefix of the keys of {@link #COLUMN_PATH}. */
    public static final String COLUMN_PATH_PREFIX = "attribute.";

    public static final ConfigOption<String> RESET_TOKEN = ConfigOptions.key("scan.reset-token")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    Any text. If a job starts from a savepoint or checkpoint with another text than before, the \
                    replication of the table starts again, as the next epoch. Other tables continue. If the option \
                    is removed, nothing happens. If the last text is set again after that, nothing happens either.""");

    public static final ConfigOption<Duration> FULL_TABLE_INTERVAL = ConfigOptions.key("scan.full-table.interval")
            .durationType()
            .noDefaultValue()
            .withDescription(
                    """
                    With startup mode 'full-table': the time from the beginning of one copy to the beginning of the \
                    next, 10 s to 366 d. If a copy takes longer, the next one follows immediately. There are never \
                    two copies at the same time.""");

    public static final ConfigOption<String> FULL_TABLE_TIME_OF_DAY = ConfigOptions.key("scan.full-table.time-of-day")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    With startup mode 'full-table': copies begin at this time of day, such as '02:30', and after \
                    each interval from then on. The interval is a day unless set, and must divide a day. The first \
                    copy begins when the job starts.""");

    public static final ConfigOption<String> FULL_TABLE_CRON = ConfigOptions.key("scan.full-table.cron")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    With startup mode 'full-table': the times at which copies begin, as a cron expression of five \
                    fields. If several times are missed, one copy is made for them. The first copy begins when the \
                    job starts.""");

    public static final ConfigOption<String> FULL_TABLE_TIME_ZONE = ConfigOptions.key("scan.full-table.time-zone")
            .stringType()
            .defaultValue("UTC")
            .withDescription(
                    """
                    The time zone of a time of day or a cron expression, such as 'Europe/Berlin'. Without one of \
                    these, the option is refused. When the local clock changes, a time that it skips is moved later \
                    by the skipped time, and a time that occurs twice counts once. A schedule with a copy every hour \
                    or more often follows elapsed time.""");

    public static final ConfigOption<Integer> SCAN_SEGMENTS = ConfigOptions.key("scan.snapshot.total-segments")
            .intType()
            .defaultValue(0)
            .withDescription(
                    """
                    The number of segments of a Scan, 1 to 1,000,000. It cannot change during a copy. With 0 the \
                    table size and the parallelism decide.""");

    public static final ConfigOption<Integer> SCAN_SEGMENTS_PER_READER = ConfigOptions.key(
                    "scan.snapshot.segments-per-reader")
            .intType()
            .defaultValue(4)
            .withDescription("The number of segments that one source subtask reads at the same time, 1 to 1,000.");

    public static final ConfigOption<Integer> SCAN_PAGE_LIMIT = ConfigOptions.key("scan.snapshot.page-limit")
            .intType()
            .defaultValue(0)
            .withDescription(
                    """
                    The most items in a page of a Scan, up to 1,000,000. With 0 DynamoDB decides, which ends a page \
                    at 1 MB. A checkpoint waits until the current page is emitted, so a limit also bounds that \
                    wait.""");

    public static final ConfigOption<Boolean> SCAN_CONSISTENT_READ = ConfigOptions.key("scan.snapshot.consistent-read")
            .booleanType()
            .defaultValue(true)
            .withDescription(
                    """
                    Whether the Scan uses strongly consistent reads, which cost twice the read units. Without them, \
                    the copy can miss a change that the stream does not repeat; see the guarantees.""");

    public static final ConfigOption<Duration> SCAN_SETTLE_TIME = ConfigOptions.key("scan.snapshot.settle-time")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription(
                    """
                    The time between the listing of the stream's shards and the Scan if reads are not strongly \
                    consistent, up to 1 h.""");

    public static final ConfigOption<HandOver> SCAN_HAND_OVER = ConfigOptions.key("scan.snapshot.hand-over")
            .enumType(HandOver.class)
            .defaultValue(HandOver.CHECKPOINT)
            .withDescription(
                    """
                    When the stream begins after the last segment has ended. 'checkpoint' waits for a completed \
                    checkpoint, so that no scanned row overtakes a newer change. 'immediate' does not wait.""");

    public static final ConfigOption<Boolean> SCAN_ALLOW_UNALIGNED_CHECKPOINTS = ConfigOptions.key(
                    "scan.snapshot.allow-unaligned-checkpoints")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    """
                    Whether a table may be copied and followed with unaligned checkpoints. They overtake rows, so a \
                    scanned row can arrive after a newer change of the same item and undo it.""");

    public static final ConfigOption<Duration> STREAM_DISCOVERY_INTERVAL = ConfigOptions.key(
                    "scan.stream.discovery-interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription(
                    """
                    The time between two listings of a stream's shards, 1 s to 1 h. The end of a shard requests a \
                    listing immediately, so this only bounds the time until a partition split or a missing stream is \
                    noticed.""");

    public static final ConfigOption<Duration> STREAM_POLL_INTERVAL = ConfigOptions.key("scan.stream.poll-interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(1))
            .withDescription(
                    """
                    The pause between two calls for a shard after an answer without records, 100 ms to 10 min. Each \
                    call is billed: one shard with a call every second makes 86,400 calls a day.""");

    public static final ConfigOption<GapPolicy> STREAM_ON_GAP = ConfigOptions.key("scan.stream.on-gap")
            .enumType(GapPolicy.class)
            .defaultValue(GapPolicy.RESNAPSHOT)
            .withDescription(
                    """
                    The reaction to changes that the stream lost before they were read. 'resnapshot' copies the \
                    table again (with startup mode 'latest-offset', 'earliest-offset' or 'snapshot', the job fails \
                    instead). 'fail' fails the job; the error says what was lost. 'ignore' continues from the \
                    oldest record that the stream keeps, and logs and counts the loss.""");

    public static final ConfigOption<Boolean> STREAM_CLOSED_SHARDS_ONLY = ConfigOptions.key(
                    "scan.stream.closed-shards-only")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    """
                    Whether a shard is read only after it is closed, which saves the calls for open shards. A shard \
                    stays open for up to four hours, so a change arrives up to four hours late.""");

    public static final ConfigOption<Boolean> STREAM_BALANCE_SHARDS = ConfigOptions.key("scan.stream.balance-shards")
            .booleanType()
            .defaultValue(true)
            .withDescription(
                    """
                    Whether a new shard may move to another subtask if the subtask of its parent has clearly more \
                    shards. In that case, the new shard is read after the next completed checkpoint, at most three \
                    minutes later. In event time, its first changes can be late by that much. If late changes are \
                    dropped, set this to 'false'. In a SQL table with WATERMARK FOR the default is 'false'.""");

    public static final ConfigOption<Integer> READER_CONCURRENT_CALLS = ConfigOptions.key(
                    "scan.reader.concurrent-calls")
            .intType()
            .defaultValue(16)
            .withDescription(
                    "The number of calls to DynamoDB that one source subtask makes at the same time, 1 to 512.");

    public static final ConfigOption<MemorySize> READER_BYTES_IN_FLIGHT = ConfigOptions.key(
                    "scan.reader.bytes-in-flight")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(64))
            .withDescription(
                    """
                    The memory that one source subtask may use for pages that are requested or fetched, but not yet \
                    emitted, 8 mb or more.""");

    public static final ConfigOption<ConversionErrorPolicy> CONVERSION_ON_ERROR = ConfigOptions.key(
                    "scan.conversion.on-error")
            .enumType(ConversionErrorPolicy.class)
            .defaultValue(ConversionErrorPolicy.FAIL)
            .withDescription(
                    """
                    In SQL, the reaction to a value that its column cannot hold. 'fail' fails the job; the error \
                    names the table, the key, the attribute and both types. 'null' replaces the value by null, at \
                    the innermost place that can be null, and counts it. A key column always fails.""");

    public static final ConfigOption<TimestampUnit> CONVERSION_TIMESTAMP_UNIT = ConfigOptions.key(
                    "scan.conversion.timestamp-unit")
            .enumType(TimestampUnit.class)
            .defaultValue(TimestampUnit.NONE)
            .withDescription(
                    """
                    In SQL, the meaning of a number in a column TIMESTAMP_LTZ: 'seconds' or 'milliseconds' since \
                    1970-01-01 00:00:00 UTC. With 'none' a number is not a time.""");

    public static final ConfigOption<ChangelogDeletes> CHANGELOG_DELETES = ConfigOptions.key(ChangelogDeletes.OPTION)
            .enumType(ChangelogDeletes.class)
            .defaultValue(ChangelogDeletes.FULL)
            .withDescription(
                    """
                    In SQL, the content of a DELETE. 'full' is the item as it was before, and needs a stream with \
                    the view type NEW_AND_OLD_IMAGES. 'key' is only the key, for a stream with NEW_IMAGE, or for a \
                    sink that declares that it accepts deletes by key. With 'full', Flink 2.1 and later can write \
                    into many upsert sinks without the table in state.""");

    public static final ConfigOption<Boolean> READ_CHANGELOG_AS_APPEND_ONLY = ConfigOptions.key(
                    "scan.read-changelog-as-append-only.enabled")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    """
                    In SQL, whether every change is an INSERT row, also a delete, for sinks that accept no other \
                    rows. The metadata column 'operation' shows the kind of the change. The row of a delete holds \
                    the item as it was before, or only the key if the stream has no old images. If this is 'true', \
                    the table cannot have a PRIMARY KEY.""");

    /** Returns all options, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                TABLE_NAME,
                STARTUP_MODE,
                PROJECTION_EXPRESSION,
                EXPRESSION_ATTRIBUTE_NAMES,
                RESET_TOKEN,
                FULL_TABLE_INTERVAL,
                FULL_TABLE_TIME_OF_DAY,
                FULL_TABLE_CRON,
                FULL_TABLE_TIME_ZONE,
                SCAN_SEGMENTS,
                SCAN_SEGMENTS_PER_READER,
                SCAN_PAGE_LIMIT,
                SCAN_CONSISTENT_READ,
                SCAN_SETTLE_TIME,
                SCAN_HAND_OVER,
                SCAN_ALLOW_UNALIGNED_CHECKPOINTS,
                STREAM_DISCOVERY_INTERVAL,
                STREAM_POLL_INTERVAL,
                STREAM_ON_GAP,
                STREAM_CLOSED_SHARDS_ONLY,
                STREAM_BALANCE_SHARDS,
                READER_CONCURRENT_CALLS,
                READER_BYTES_IN_FLIGHT,
                CONVERSION_ON_ERROR,
                CONVERSION_TIMESTAMP_UNIT,
                CHANGELOG_DELETES,
                READ_CHANGELOG_AS_APPEND_ONLY);
    }

    /** Returns the options of {@link #all()} that have one value for all tables of a job. */
    public static List<ConfigOption<?>> ofTheJob() {
        return List.of(STREAM_DISCOVERY_INTERVAL, READER_CONCURRENT_CALLS, READER_BYTES_IN_FLIGHT);
    }

    /** Returns the options of {@link #all()} that have no effect on a DataStream. */
    public static List<ConfigOption<?>> ofSql() {
        return List.of(
                SCAN_ALLOW_UNALIGNED_CHECKPOINTS,
                CONVERSION_ON_ERROR,
                CONVERSION_TIMESTAMP_UNIT,
                CHANGELOG_DELETES,
                READ_CHANGELOG_AS_APPEND_ONLY);
    }

    private ReplicationOptions() {}
}
