/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A view over an item as the SDK has decoded it; copies nothing.
 *
 * @param attributes unmodifiable, as the SDK hands them out
 */
record SdkItem(Map<String, AttributeValue> attributes) implements Item {

    @Override
    public ItemCursor walk() {
        return SdkValueCursor.overEntries(attributes);
    }
}
