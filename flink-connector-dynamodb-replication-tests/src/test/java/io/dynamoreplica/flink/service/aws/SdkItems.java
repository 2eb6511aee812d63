/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.change.AttributeValue.B;
import io.dynamoreplica.flink.change.AttributeValue.Bool;
import io.dynamoreplica.flink.change.AttributeValue.Bs;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import io.dynamoreplica.flink.change.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in the form in which the SDK decodes them. */
public final class SdkItems {

    private SdkItems() {}

    public static Item of(Item item) {
        return new SdkItem(entries(item.materialise()));
    }

    /** Returns the attributes as a client of the SDK writes them. */
    public static Map<String, AttributeValue> entries(Map<String, io.dynamoreplica.flink.change.AttributeValue> ours) {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        ours.forEach((name, value) -> entries.put(name, value(value)));
        return entries;
    }

    private static AttributeValue value(io.dynamoreplica.flink.change.AttributeValue ours) {
        return switch (ours.type()) {
            case S -> AttributeValue.fromS(((S) ours).value());
            case N -> AttributeValue.fromN(((N) ours).digits());
            case B -> AttributeValue.fromB(SdkBytes.fromByteArray(((B) ours).bytes()));
            case BOOL -> AttributeValue.fromBool(((Bool) ours).value());
            case NULL -> AttributeValue.fromNul(true);
            case M -> AttributeValue.fromM(entries(((M) ours).entries()));
            case L ->
                AttributeValue.fromL(
                        ((L) ours).elements().stream().map(SdkItems::value).toList());
            case SS -> AttributeValue.fromSs(((Ss) ours).values());
            case NS -> AttributeValue.fromNs(((Ns) ours).digits());
            case BS ->
                AttributeValue.fromBs(((Bs) ours)
                        .values().stream()
                                .map(b -> SdkBytes.fromByteArray(b.bytes()))
                                .toList());
        };
    }
}
