/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.projection.Excerpt;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Reads options such that whatever is wrong is said with the option, its value and what is allowed.
 */
record OptionReader(ReadableConfig config) {

    static OptionReader of(Map<String, String> options) {
        return new OptionReader(Configuration.fromMap(options));
    }

    boolean isSet(ConfigOption<?> option) {
        return config.toMap().containsKey(option.key());
    }

    /** The option's value or its default; the option has one. */
    <T> T value(ConfigOption<T> option) {
        try {
            return config.get(option);
        } catch (IllegalArgumentException unparsable) {
            throw illegal(option, allowed(option.defaultValue()));
        }
    }

    /** Absent if not set; blank is refused: it is most often a variable that was not filled in. */
    Optional<String> text(ConfigOption<String> option) {
        Optional<String> text = config.getOptional(option);
        if (text.filter(String::isBlank).isPresent()) {
            throw illegal(option, "some text; or leave the option out");
        }
        return text;
    }

    Optional<URI> uri(ConfigOption<String> option) {
        return text(option).map(text -> uri(option, text));
    }

    private URI uri(ConfigOption<String> option, String text) {
        String allowed = "a URI with scheme and host, such as 'http://localhost:8000'";
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw illegal(option, allowed);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw illegal(option, allowed);
        }
    }

    int number(ConfigOption<Integer> option, int least, int most) {
        int number = value(option);
        if (number < least || number > most) {
            throw illegal(option, "a number from " + least + " to " + most);
        }
        return number;
    }

    Duration duration(ConfigOption<Duration> option, Duration least, Duration most) {
        Duration duration = value(option);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw illegal(option, "a duration from " + written(least) + " to " + written(most));
        }
        return duration;
    }

    private static String written(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** The value is shown as the user wrote it. */
    IllegalConfigurationException illegal(ConfigOption<?> option, String allowed) {
        return new IllegalConfigurationException("Option '"
                + option.key()
                + "' has the value '"
                + Excerpt.of(config.toMap().get(option.key()))
                + "'. Allowed is "
                + allowed
                + ".");
    }

    private static String allowed(Object example) {
        if (example instanceof Enum<?> constant) {
            return "one of " + Arrays.toString(constant.getDeclaringClass().getEnumConstants());
        } else if (example instanceof Duration) {
            return "a duration such as '10 s'";
        } else if (example instanceof MemorySize) {
            return "a size such as '64 mb'";
        } else if (example instanceof Boolean) {
            return "'true' or 'false'";
        }
        return "a whole number";
    }
}
