/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The primary key of an order. */
record OrderKey(String customerId, String orderId) {

    static OrderKey of(Map<String, AttributeValue> item) {
        return new OrderKey(item.get("customer_id").s(), item.get("order_id").s());
    }

    @Override
    public String toString() {
        return customerId + "/" + orderId;
    }
}
