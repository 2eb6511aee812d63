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
 * Secrets among the options of a table. Flink keeps options as they are: SHOW CREATE TABLE, a
 * compiled plan and the catalog show them to whoever may read these.
 */
final class SecretOptions {

    private static final Logger LOG = LoggerFactory.getLogger(SecretOptions.class);

    /** Also at the end of the key below which the source of a role's credentials stands. */
    private static final String SECRET = AwsOptions.BASIC_SECRET_KEY.key().substring("aws.credentials".length());

    private SecretOptions() {}

    /** The keys of the options that hold a secret. */
    static SortedSet<String> in(Map<String, String> options) {
        SortedSet<String> secrets = new TreeSet<>(options.keySet());
        secrets.removeIf(key -> !key.startsWith(AwsOptions.PREFIX) || !key.endsWith(SECRET));
        return secrets;
    }

    /**
     * @param table as the log names it
     */
    static void warnOf(String table, Map<String, String> options) {
        for (String key : in(options)) {
            LOG.warn(
                    "Table {}: option '{}' is set in the table, so SHOW CREATE TABLE, COMPILE PLAN and"
                            + " the catalog show the secret as it is. Leave the credentials to the"
                            + " machine or container ('{}' = 'AUTO', the default), or use a profile"
                            + " or a role.",
                    table,
                    key,
                    AwsOptions.CREDENTIALS_PROVIDER.key());
        }
    }
}
