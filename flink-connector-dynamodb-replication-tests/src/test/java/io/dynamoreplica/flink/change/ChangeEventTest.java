/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.ChangeEvent.Origin;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeEventTest {

    private static final Instant TIME = Instant.parse("2025-11-03T10:15:30Z");
    private static final Item ITEM = MapItem.of(Map.of("id", new S("o-1")));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeleteIsItsKeysAndTheTimeOfDeletionWhoeverDeleted(boolean byTtl) {
        ChangeEvent removed = new ChangeEvent(
                "orders", Operation.REMOVE, new Images(ITEM, null, null), new Origin(7, TIME, "shard-1", "42", byTtl));

        assertThat(removed.keys()).isEqualTo(ITEM);
        assertThat(removed.deletionTime()).isEqualTo(TIME);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REMOVE")
    void whatWasNotDeletedHasNoTimeOfDeletion(Operation operation) {
        ChangeEvent event = new ChangeEvent(
                "orders", operation, new Images(ITEM, null, ITEM), new Origin(7, TIME, "shard-1", "42", false));

        assertThat(event.deletionTime()).isNull();
    }
}
