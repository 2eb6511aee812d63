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
 * A view of an item that the SDK has decoded. It copies nothing.
 *
 * @param attributes unmodifiable, as the SDK returns them
 */
record SdkItem(Map<String, AttributeValue> attributes) implements Item {

    @Override
    public ItemCursor walk() {
        return SdkValueCursor.overEntries(attributes);
    }
}
