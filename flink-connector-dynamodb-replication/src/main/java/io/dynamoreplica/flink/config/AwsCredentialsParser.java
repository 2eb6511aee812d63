/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static io.dynamoreplica.flink.config.AwsCredentialsKind.ASSUME_ROLE;
import static io.dynamoreplica.flink.config.AwsCredentialsKind.AUTO;
import static io.dynamoreplica.flink.config.AwsCredentialsKind.BASIC;
import static io.dynamoreplica.flink.config.AwsCredentialsKind.PROFILE;
import static io.dynamoreplica.flink.config.AwsCredentialsKind.WEB_IDENTITY_TOKEN;
import static io.dynamoreplica.flink.config.AwsOptions.BASIC_ACCESS_KEY_ID;
import static io.dynamoreplica.flink.config.AwsOptions.BASIC_SECRET_KEY;
import static io.dynamoreplica.flink.config.AwsOptions.CREDENTIALS_PROVIDER;
import static io.dynamoreplica.flink.config.AwsOptions.PROFILE_NAME;
import static io.dynamoreplica.flink.config.AwsOptions.PROFILE_PATH;
import static io.dynamoreplica.flink.config.AwsOptions.ROLE_ARN;
import static io.dynamoreplica.flink.config.AwsOptions.ROLE_EXTERNAL_ID;
import static io.dynamoreplica.flink.config.AwsOptions.ROLE_PROVIDER;
import static io.dynamoreplica.flink.config.AwsOptions.ROLE_SESSION_NAME;
import static io.dynamoreplica.flink.config.AwsOptions.ROLE_STS_ENDPOINT;
import static io.dynamoreplica.flink.config.AwsOptions.WEB_IDENTITY_TOKEN_FILE;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * The parser of {@code aws.credentials.*}. A role can be assumed with the credentials of another
 * source. The options of that source are the same, under a longer prefix.
 */
final class AwsCredentialsParser {

    private static final String PREFIX = "aws.credentials";

    private static final String DEFAULT_SESSION_NAME = "flink-dynamodb-replication";

    /** The kinds of credentials that use an option. With any other kind, the option has no effect. */
    private static final Map<ConfigOption<?>, Set<AwsCredentialsKind>> USED_BY = new LinkedHashMap<>();

    static {
        USED_BY.put(BASIC_ACCESS_KEY_ID, Set.of(BASIC));
        USED_BY.put(BASIC_SECRET_KEY, Set.of(BASIC));
        USED_BY.put(PROFILE_NAME, Set.of(PROFILE));
        USED_BY.put(PROFILE_PATH, Set.of(PROFILE));
        USED_BY.put(ROLE_ARN, Set.of(ASSUME_ROLE, WEB_IDENTITY_TOKEN));
        USED_BY.put(ROLE_SESSION_NAME, Set.of(ASSUME_ROLE, WEB_IDENTITY_TOKEN));
        USED_BY.put(ROLE_EXTERNAL_ID, Set.of(ASSUME_ROLE));
        USED_BY.put(ROLE_STS_ENDPOINT, Set.of(ASSUME_ROLE));
        USED_BY.put(ROLE_PROVIDER, Set.of(ASSUME_ROLE));
        USED_BY.put(WEB_IDENTITY_TOKEN_FILE, Set.of(WEB_IDENTITY_TOKEN));
    }

    private final OptionReader reader;
    private final String prefix;

    private AwsCredentialsParser(OptionReader reader, String prefix) {
        this.reader = reader;
        this.prefix = prefix;
    }

    static AwsCredentials parse(OptionReader reader) {
        return new AwsCredentialsParser(reader, PREFIX).parse(CREDENTIALS_PROVIDER);
    }

    /** Returns the declared key for a key of a role's source at any depth. */
    static String declaredKey(String key) {
        String nested = ROLE_PROVIDER.key() + ".";
        return key.startsWith(nested) ? declaredKey(PREFIX + "." + key.substring(nested.length())) : key;
    }

    private AwsCredentials parse(ConfigOption<AwsCredentialsKind> provider) {
        AwsCredentialsKind kind = kind(provider);
        USED_BY.forEach((option, kinds) -> refuseIfUnused(provider, kind, option, kinds));
        return switch (kind) {
            case AUTO -> new AwsCredentials.Auto();
            case ENV_VAR -> new AwsCredentials.EnvironmentVariables();
            case SYS_PROP -> new AwsCredentials.SystemProperties();
            case BASIC -> new AwsCredentials.Basic(needed(kind, BASIC_ACCESS_KEY_ID), needed(kind, BASIC_SECRET_KEY));
            case PROFILE ->
                new AwsCredentials.Profile(reader.text(here(PROFILE_NAME)), reader.text(here(PROFILE_PATH)));
            case ASSUME_ROLE -> assumedRole();
            case WEB_IDENTITY_TOKEN ->
                new AwsCredentials.WebIdentity(
                        reader.text(here(ROLE_ARN)),
                        reader.text(here(ROLE_SESSION_NAME)),
                        reader.text(here(WEB_IDENTITY_TOKEN_FILE)));
        };
    }

    private AwsCredentialsKind kind(ConfigOption<AwsCredentialsKind> provider) {
        boolean keyWithoutProvider = !reader.isSet(provider) && reader.isSet(here(BASIC_ACCESS_KEY_ID));
        return keyWithoutProvider ? BASIC : reader.value(provider);
    }

    private void refuseIfUnused(
            ConfigOption<AwsCredentialsKind> provider,
            AwsCredentialsKind kind,
            ConfigOption<?> option,
            Set<AwsCredentialsKind> kinds) {
        if (!kinds.contains(kind) && reader.isSet(here(option))) {
            String useful = kinds.stream().map(Enum::name).sorted().collect(Collectors.joining(" or "));
            throw new IllegalConfigurationException(
                    "Option '%s' has no effect with '%s' = %s. Remove it, or set the provider to %s."
                            .formatted(here(option).key(), provider.key(), kind, useful));
        }
    }

    private AwsCredentials assumedRole() {
        ConfigOption<AwsCredentialsKind> source = ConfigOptions.key(
                        here(ROLE_PROVIDER).key())
                .enumType(AwsCredentialsKind.class)
                .defaultValue(AUTO);
        return new AwsCredentials.AssumedRole(
                needed(ASSUME_ROLE, ROLE_ARN),
                reader.text(here(ROLE_SESSION_NAME)).orElse(DEFAULT_SESSION_NAME),
                reader.text(here(ROLE_EXTERNAL_ID)),
                reader.uri(here(ROLE_STS_ENDPOINT)),
                new AwsCredentialsParser(reader, source.key()).parse(source));
    }

    private String needed(AwsCredentialsKind kind, ConfigOption<String> option) {
        ConfigOption<String> here = here(option);
        String message =
                """
                Credentials of kind %s need the option '%s', which is not set. Set it, or choose another provider.""";
        return reader.text(here)
                .orElseThrow(() -> new IllegalConfigurationException(message.formatted(kind, here.key())));
    }

    /** Returns the option under the prefix of this source. */
    private ConfigOption<String> here(ConfigOption<?> option) {
        return ConfigOptions.key(prefix + option.key().substring(PREFIX.length()))
                .stringType()
                .noDefaultValue();
    }
}
