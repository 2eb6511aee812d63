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

/** Every option of the connector, declared once; those that reach AWS are in {@link AwsOptions}. */
@PublicEvolving
public final class ReplicationOptions {

    public static final ConfigOption<String> TABLE_NAME = ConfigOptions.key("table-name")
            .stringType()
            .noDefaultValue()
            .withDescription("Name or ARN of the DynamoDB table to replicate.");

    public static final ConfigOption<StartupMode> STARTUP_MODE = ConfigOptions.key(StartupMode.OPTION)
            .enumType(StartupMode.class)
            .defaultValue(StartupMode.INITIAL)
            .withDescription(
                    "Where to begin: 'initial' copies the table and goes on with its stream; 'snapshot' copies the table and"
                            + " finishes; 'full-table' copies the table again and again, without its stream; 'latest-offset' reads the stream from about now; 'earliest-offset' reads the"
                            + " stream from the oldest record it keeps (24 hours at most).");

    public static final ConfigOption<String> PROJECTION_EXPRESSION = ConfigOptions.key("scan.projection-expression")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Which parts of an item to replicate, as a projection expression of DynamoDB's, such as 'total, address.city,"
                            + " tags[0]'. The Scan asks for them alone, images of the stream are cut to them, and the key is always"
                            + " kept. Without it whole items are replicated; in SQL, what the query needs of them.");

    public static final ConfigOption<String> EXPRESSION_ATTRIBUTE_NAMES = ConfigOptions.key(
                    "scan.expression-attribute-names")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "What the placeholders in the projection expression, or in the paths of SQL columns, stand for, as a JSON"
                            + " object: '{\"#c\": \"city-name\"}'. Needed for names that are not a letter followed by letters, digits"
                            + " and '_'; reserved words need no placeholder.");

    /**
     * One option for each column of a SQL table that is not an attribute of its own name; the key
     * has the column's name in place of {@code <column>}. Not among {@link #all()}: a DataStream
     * has no columns.
     */
    public static final ConfigOption<String> COLUMN_PATH = ConfigOptions.key("attribute.<column>")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "From which path of an item the column is read, such as 'address.city' or 'tags[0]', in place of the"
                            + " attribute of the column's own name.");

    /** What the keys of {@link #COLUMN_PATH} begin with. */
    public static final String COLUMN_PATH_PREFIX = "attribute.";

    public static final ConfigOption<String> RESET_TOKEN = ConfigOptions.key("scan.reset-token")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Any text. When a job starts from a savepoint or checkpoint with another text than before, the table is replicated"
                            + " anew, as the next epoch; other tables go on. Taking it away asks for nothing: the text that was set last"
                            + " is remembered, and is not another one if it is set again.");

    public static final ConfigOption<Duration> FULL_TABLE_INTERVAL = ConfigOptions.key("scan.full-table.interval")
            .durationType()
            .noDefaultValue()
            .withDescription(
                    "With startup mode 'full-table': time from the beginning of one copy to that of the next, 10 s to 366 d. A copy"
                            + " that takes longer is followed by the next at once; there are never two at a time.");

    public static final ConfigOption<String> FULL_TABLE_TIME_OF_DAY = ConfigOptions.key("scan.full-table.time-of-day")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "With startup mode 'full-table': copies begin at this time of day, such as '02:30', and after each interval from"
                            + " then on; the interval is a day unless set, and divides one. The first copy begins with the job.");

    public static final ConfigOption<String> FULL_TABLE_CRON = ConfigOptions.key("scan.full-table.cron")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "With startup mode 'full-table': when copies begin, as a cron expression of five fields. A time that was missed"
                            + " is taken once. The first copy begins with the job.");

    public static final ConfigOption<String> FULL_TABLE_TIME_ZONE = ConfigOptions.key("scan.full-table.time-zone")
            .stringType()
            .defaultValue("UTC")
            .withDescription(
                    "The time zone of a time of day or cron expression, such as 'Europe/Berlin'; without one of them it is refused."
                            + " A time that the clock skips is taken as much later, one that it shows twice is taken once; what"
                            + " comes every hour or more often goes on as time passes.");

    public static final ConfigOption<Integer> SCAN_SEGMENTS = ConfigOptions.key("scan.snapshot.total-segments")
            .intType()
            .defaultValue(0)
            .withDescription(
                    "Into how many segments the Scan of a table is divided, 1 to 1,000,000; fixed for a copy once it has"
                            + " begun. 0 chooses by table size and parallelism.");

    public static final ConfigOption<Integer> SCAN_SEGMENTS_PER_READER = ConfigOptions.key(
                    "scan.snapshot.segments-per-reader")
            .intType()
            .defaultValue(4)
            .withDescription("How many segments one source subtask reads at the same time, 1 to 1,000.");

    public static final ConfigOption<Integer> SCAN_PAGE_LIMIT = ConfigOptions.key("scan.snapshot.page-limit")
            .intType()
            .defaultValue(0)
            .withDescription(
                    "The most items in a page of a Scan, up to 1,000,000. 0 leaves it to DynamoDB, which ends a page at 1 MB. A checkpoint"
                            + " waits for the page being emitted, so a limit also bounds that wait.");

    public static final ConfigOption<Boolean> SCAN_CONSISTENT_READ = ConfigOptions.key("scan.snapshot.consistent-read")
            .booleanType()
            .defaultValue(true)
            .withDescription(
                    "Whether the Scan uses strongly consistent reads, at twice the read units. Without them the copy may miss"
                            + " a change that the stream no longer repeats; see the guarantees.");

    public static final ConfigOption<Duration> SCAN_SETTLE_TIME = ConfigOptions.key("scan.snapshot.settle-time")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription(
                    "How long the Scan waits after the position in the stream was captured when reads are not strongly"
                            + " consistent, up to 1 h.");

    public static final ConfigOption<HandOver> SCAN_HAND_OVER = ConfigOptions.key("scan.snapshot.hand-over")
            .enumType(HandOver.class)
            .defaultValue(HandOver.CHECKPOINT)
            .withDescription(
                    "When the stream begins after the last segment has ended: 'checkpoint' waits for a completed checkpoint,"
                            + " so that no scanned row overtakes a newer change; 'immediate' does not wait.");

    public static final ConfigOption<Boolean> SCAN_ALLOW_UNALIGNED_CHECKPOINTS = ConfigOptions.key(
                    "scan.snapshot.allow-unaligned-checkpoints")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether a table may be copied and followed under unaligned checkpoints. They overtake rows, so a scanned"
                            + " row can still arrive after a newer change of the same item and undo it.");

    public static final ConfigOption<Duration> STREAM_DISCOVERY_INTERVAL = ConfigOptions.key(
                    "scan.stream.discovery-interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription(
                    "Time between two listings of a stream's shards, 1 s to 1 h. The end of a shard asks for a listing at once, so this"
                            + " bounds only how soon a partition split or a missing stream is noticed.");

    public static final ConfigOption<Duration> STREAM_POLL_INTERVAL = ConfigOptions.key("scan.stream.poll-interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(1))
            .withDescription(
                    "How long a shard rests after an answer without records, 100 ms to 10 min. Each call is billed: one shard polled every"
                            + " second makes 86,400 calls a day.");

    public static final ConfigOption<GapPolicy> STREAM_ON_GAP = ConfigOptions.key("scan.stream.on-gap")
            .enumType(GapPolicy.class)
            .defaultValue(GapPolicy.RESNAPSHOT)
            .withDescription(
                    "What is done about changes that the stream lost before they were read: 'resnapshot' copies the table again"
                            + " (a job whose startup mode copies nothing fails instead); 'fail' fails the job and says what was lost;"
                            + " 'ignore' goes on from the oldest record kept, and logs and counts the loss.");

    public static final ConfigOption<Boolean> STREAM_CLOSED_SHARDS_ONLY = ConfigOptions.key(
                    "scan.stream.closed-shards-only")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether a shard is read only once it is closed, which saves the calls for open ones. A shard stays open for up"
                            + " to four hours, so a change arrives up to four hours late.");

    public static final ConfigOption<Boolean> STREAM_BALANCE_SHARDS = ConfigOptions.key("scan.stream.balance-shards")
            .booleanType()
            .defaultValue(true)
            .withDescription(
                    "Whether a new shard may go to another subtask than its parent's, if that one has clearly more shards. The new"
                            + " shard is then read after the next completed checkpoint, three minutes later at most. For event time its"
                            + " first changes can be late by that: set it to 'false' where late changes are dropped."
                            + " In a SQL table with WATERMARK FOR the default is 'false'.");

    public static final ConfigOption<Integer> READER_CONCURRENT_CALLS = ConfigOptions.key(
                    "scan.reader.concurrent-calls")
            .intType()
            .defaultValue(16)
            .withDescription("How many calls to DynamoDB one source subtask has under way at a time, 1 to 512.");

    public static final ConfigOption<MemorySize> READER_BYTES_IN_FLIGHT = ConfigOptions.key(
                    "scan.reader.bytes-in-flight")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(64))
            .withDescription(
                    "Memory that one source subtask may use for pages it has asked for or fetched and not yet emitted,"
                            + " 8 mb or more.");

    public static final ConfigOption<ConversionErrorPolicy> CONVERSION_ON_ERROR = ConfigOptions.key(
                    "scan.conversion.on-error")
            .enumType(ConversionErrorPolicy.class)
            .defaultValue(ConversionErrorPolicy.FAIL)
            .withDescription(
                    "In SQL, what is done about a value that its column cannot hold: 'fail' fails the job and names the table, the key,"
                            + " the attribute and both types; 'null' puts null in its place, the innermost that may be null, and counts it."
                            + " A key column always fails.");

    public static final ConfigOption<TimestampUnit> CONVERSION_TIMESTAMP_UNIT = ConfigOptions.key(
                    "scan.conversion.timestamp-unit")
            .enumType(TimestampUnit.class)
            .defaultValue(TimestampUnit.NONE)
            .withDescription(
                    "In SQL, what a number stands for in a column TIMESTAMP_LTZ: 'seconds' or 'milliseconds' since 1970-01-01 00:00:00"
                            + " UTC; with 'none' a number is no time.");

    public static final ConfigOption<ChangelogDeletes> CHANGELOG_DELETES = ConfigOptions.key(ChangelogDeletes.OPTION)
            .enumType(ChangelogDeletes.class)
            .defaultValue(ChangelogDeletes.FULL)
            .withDescription(
                    "In SQL, what a DELETE holds: 'full' is the item as it was before, and needs a stream with the view type"
                            + " NEW_AND_OLD_IMAGES; 'key' is the key alone, for a stream with NEW_IMAGE, or for a sink that declares"
                            + " that it takes deletes by key. With 'full', Flink 2.1 and later can write into many upsert sinks without"
                            + " keeping the table in state.");

    public static final ConfigOption<Boolean> READ_CHANGELOG_AS_APPEND_ONLY = ConfigOptions.key(
                    "scan.read-changelog-as-append-only.enabled")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "In SQL, whether every change is an INSERT row, a delete too, for sinks that take nothing else. The metadata"
                            + " column 'operation' tells them apart. The row of a delete holds the item as it was before, or the key"
                            + " alone if the stream has no old images. The table cannot have a PRIMARY KEY then.");

    /** All of them, in the order in which they are documented. */
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

    /** Of {@link #all()}, those in which the tables of one job cannot differ. */
    public static List<ConfigOption<?>> ofTheJob() {
        return List.of(STREAM_DISCOVERY_INTERVAL, READER_CONCURRENT_CALLS, READER_BYTES_IN_FLIGHT);
    }

    /** Of {@link #all()}, those that mean nothing to a DataStream. */
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
