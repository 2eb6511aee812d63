/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A generator of random orders that are the same in every run. Not thread-safe. */
final class OrderGenerator {

    private static final List<String> CITIES =
            List.of("Lisbon", "Oslo", "Zürich", "Kraków", "São Paulo", "Osaka", "Montréal");
    private static final List<String> COUNTRIES = List.of("PT", "NO", "CH", "PL", "BR", "JP", "CA");
    private static final List<String> STATUSES = List.of("PLACED", "PAID", "PACKED", "SHIPPED", "DELIVERED");
    private static final List<String> TAGS = List.of("priority", "b2b", "fragile", "gift", "bulk");
    private static final int CUSTOMERS = 2_500;

    private final Random random;

    OrderGenerator(long seed) {
        random = new Random(seed);
    }

    Map<String, AttributeValue> order(int number, long now) {
        Map<String, AttributeValue> order = new LinkedHashMap<>();
        order.put("customer_id", text("customer-%04d".formatted(random.nextInt(CUSTOMERS))));
        order.put("order_id", text("order-%07d".formatted(number)));
        order.put("address", address());
        if (random.nextInt(3) > 0) {
            order.put("gift", AttributeValue.fromBool(random.nextInt(10) == 0));
        }
        List<String> tags = TAGS.stream().filter(tag -> random.nextInt(3) == 0).toList();
        if (!tags.isEmpty()) {
            // DynamoDB has no empty sets.
            order.put("tags", AttributeValue.fromSs(tags));
        }
        fill(order, now);
        return order;
    }

    /** The same order some time later. */
    Map<String, AttributeValue> changed(Map<String, AttributeValue> order, long now) {
        Map<String, AttributeValue> changed = new LinkedHashMap<>(order);
        if (random.nextInt(5) == 0) {
            changed.put("address", address());
        }
        fill(changed, now);
        return changed;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private void fill(Map<String, AttributeValue> order, long now) {
        List<AttributeValue> lines = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (int line : IntStream.rangeClosed(1, 1 + random.nextInt(4)).toArray()) {
            BigDecimal price = BigDecimal.valueOf(100 + random.nextInt(50_000), 2);
            int quantity = 1 + random.nextInt(5);
            total = total.add(price.multiply(BigDecimal.valueOf(quantity)));
            int article = random.nextInt(900);
            lines.add(AttributeValue.fromM(Map.of(
                    "sku", text("sku-%03d-%d".formatted(article, line)),
                    "title", text("Article no. " + article),
                    "quantity", number(quantity),
                    "unit_price", number(price))));
        }
        order.put("line_items", AttributeValue.fromL(lines));
        order.put("total", number(total));
        order.put("status", text(any(STATUSES)));
        order.put("updated_at", number(now));
    }

    private AttributeValue address() {
        int place = random.nextInt(CITIES.size());
        return AttributeValue.fromM(Map.of(
                "street", text("Main Street " + (1 + random.nextInt(200))),
                "city", text(CITIES.get(place)),
                "zip", text("%05d".formatted(random.nextInt(100_000))),
                "country", text(COUNTRIES.get(place))));
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(Object value) {
        return AttributeValue.fromN(value.toString());
    }
}
