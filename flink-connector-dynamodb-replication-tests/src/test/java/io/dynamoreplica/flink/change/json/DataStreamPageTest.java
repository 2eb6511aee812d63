/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

/** The line of JSON in docs/datastream.md is a line that the schema writes. */
class DataStreamPageTest {

    /** The path is relative to the module, in which Maven runs tests. */
    private static final Path PAGE = Path.of("..", "docs", "datastream.md");

    private static final Pattern SHOWN = Pattern.compile("```json\\R(.*?)\\R```", Pattern.DOTALL);

    @Test
    void theLineThatThePageShowsIsOneThatComes() throws Exception {
        Item before = item("id", "k1").n("version", 1).build();
        Item after = item("id", "k1").n("version", 2).build();
        ChangeEvent modified = new ChangeEvent(
                "orders",
                Operation.MODIFY,
                new ChangeEvent.Images(item("id", "k1").build(), before, after),
                new ChangeEvent.Origin(
                        1_762_164_930,
                        Instant.parse("2025-11-03T10:15:30Z"),
                        "shardId-00000001762164930000-0a1b2c3d",
                        "100000000000000000001",
                        false));
        List<String> lines = new ArrayList<>();

        JsonChangeDeserializationSchema.plain().deserialize(modified, new ListCollector<>(lines));

        assertThat(lines).containsExactly(shown());
    }

    /** The page breaks the line into several lines. */
    private static String shown() throws Exception {
        Matcher shown = SHOWN.matcher(Files.readString(PAGE));
        assertThat(shown.find()).isTrue();
        return shown.group(1).replaceAll("\\R\\s*", "");
    }
}
