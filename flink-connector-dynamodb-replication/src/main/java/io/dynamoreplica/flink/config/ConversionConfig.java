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
 * The conversion of values to SQL columns. It is not part of {@link ReplicationConfig}, because the
 * reading of a table does not depend on it.
 *
 * @param onError what happens if a column cannot hold a value
 * @param timestampUnit the meaning of a number in a column {@code TIMESTAMP_LTZ}
 */
@Internal
public record ConversionConfig(ConversionErrorPolicy onError, TimestampUnit timestampUnit) implements Serializable {

    /**
     * Reads the two options and ignores all others.
     *
     * @param options as the user wrote them
     * @throws IllegalConfigurationException if a value is not allowed; the message names the option,
     *     its value and what is allowed
     */
    public static ConversionConfig parse(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        return new ConversionConfig(
                reader.value(ReplicationOptions.CONVERSION_ON_ERROR),
                reader.value(ReplicationOptions.CONVERSION_TIMESTAMP_UNIT));
    }
}
