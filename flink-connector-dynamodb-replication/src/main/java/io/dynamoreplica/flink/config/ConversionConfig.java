/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.io.Serializable;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * How values become columns in SQL. Apart from {@link ReplicationConfig}, since what reads a table
 * need not know it.
 *
 * @param onError what is done about a value that its column cannot hold
 * @param timestampUnit what a number stands for in a column {@code TIMESTAMP_LTZ}
 */
@Internal
public record ConversionConfig(ConversionErrorPolicy onError, TimestampUnit timestampUnit) implements Serializable {

    /**
     * @param options as the user wrote them; only those of conversion are looked at
     * @throws IllegalConfigurationException naming the option, its value and what is allowed
     */
    public static ConversionConfig parse(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        return new ConversionConfig(
                reader.value(ReplicationOptions.CONVERSION_ON_ERROR),
                reader.value(ReplicationOptions.CONVERSION_TIMESTAMP_UNIT));
    }
}
