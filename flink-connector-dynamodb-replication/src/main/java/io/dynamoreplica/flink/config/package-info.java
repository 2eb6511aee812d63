/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The options of the connector, and the one immutable configuration that is parsed from them and
 * checked as a whole. Each option is declared once, in {@link
 * io.dynamoreplica.flink.config.ReplicationOptions} or {@link
 * io.dynamoreplica.flink.config.AwsOptions}. The builder, the SQL factory and {@code
 * docs/options.md} use these declarations, so they cannot differ.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.config;
