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
 * A reader of options. Each of its errors names the option, the user's value and what is allowed.
 */
record OptionReader(ReadableConfig config) {

    static OptionReader of(Map<String, String> options) {
        return new OptionReader(Configuration.fromMap(options));
    }

    boolean isSet(ConfigOption<?> option) {
        return config.toMap().containsKey(option.key());
    }

    /** Returns the value of an option that has a default. */
    <T> T value(ConfigOption<T> option) {
        try {
            return config.get(option);
        } catch (IllegalArgumentException unparsable) {
            throw illegal(option, allowed(option.defaultValue()));
        }
    }

    /**
     * Returns the value, or empty if the option is not set. A blank value is refused, because most often
     * it is a variable that was not replaced.
     */
    Optional<String> text(ConfigOption<String> option) {
        Optional<String> text = config.getOptional(option);
        if (text.filter(String::isBlank).isPresent()) {
            throw illegal(option, "text that is not blank; to set nothing, remove the option");
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
            throw illegal(option, "a number from %s to %s".formatted(least, most));
        }
        return number;
    }

    Duration duration(ConfigOption<Duration> option, Duration least, Duration most) {
        Duration duration = value(option);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw illegal(option, "a duration from %s to %s".formatted(written(least), written(most)));
        }
        return duration;
    }

    private static String written(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** Returns an error that shows the value as the user wrote it. */
    IllegalConfigurationException illegal(ConfigOption<?> option, String allowed) {
        String value = Excerpt.of(config.toMap().get(option.key()));
        return new IllegalConfigurationException(
                "Option '%s' has the value '%s'. Allowed is %s.".formatted(option.key(), value, allowed));
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
        } else if (example instanceof Integer) {
            return "a whole number";
        }
        throw new IllegalStateException("No rule describes values like %s".formatted(example));
    }
}
