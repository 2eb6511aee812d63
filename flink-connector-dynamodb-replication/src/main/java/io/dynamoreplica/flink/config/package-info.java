/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Every option, declared once in {@link io.dynamoreplica.flink.config.ReplicationOptions} and
 * {@link io.dynamoreplica.flink.config.AwsOptions}, and the one immutable configuration that is
 * parsed from them and validated as a whole. The builder, the SQL factory and {@code
 * docs/options.md} derive from the same declarations.
 */
package io.dynamoreplica.flink.config;
