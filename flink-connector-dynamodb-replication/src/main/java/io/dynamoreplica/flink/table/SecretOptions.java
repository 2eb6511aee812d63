/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.config.AwsOptions;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The options of a table that hold a secret. Flink stores options unchanged: SHOW CREATE TABLE, a
 * compiled plan and the catalog show them.
 */
final class SecretOptions {

    private static final Logger LOG = LoggerFactory.getLogger(SecretOptions.class);

    /** The end of the key of a secret, also where a role has credentials of its own. */
    private static final String SECRET = AwsOptions.BASIC_SECRET_KEY.key().substring("aws.credentials".length());

    private SecretOptions() {}

    /** Returns the keys of the options that hold a secret. */
    static SortedSet<String> in(Map<String, String> options) {
        SortedSet<String> secrets = new TreeSet<>(options.keySet());
        secrets.removeIf(key -> !key.startsWith(AwsOptions.PREFIX) || !key.endsWith(SECRET));
        return secrets;
    }

    /**
     * Logs a warning for each secret.
     *
     * @param table the table's name in the catalog
     */
    static void warnOf(String table, Map<String, String> options) {
        for (String key : in(options)) {
            LOG.warn(
                    """
                    Table {}: Option '{}' is set in the table, so SHOW CREATE TABLE, COMPILE PLAN and the catalog \
                    show the secret. Use the credentials of the machine or container ('{}' = 'AUTO', the default), \
                    a profile, or a role.""",
                    table,
                    key,
                    AwsOptions.CREDENTIALS_PROVIDER.key());
        }
    }
}
