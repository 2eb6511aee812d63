/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The choices of a user on which the protocol's decisions depend: {@link
 * io.dynamoreplica.flink.policy.StartupMode}, {@link io.dynamoreplica.flink.policy.HandOver} and
 * {@link io.dynamoreplica.flink.policy.GapPolicy}. For the words, see docs/glossary.md.
 *
 * <p>Options, builder and protocol use the same enums. The package imports only the annotations of
 * public API, so that the protocol does not depend on Flink's configuration.
 */
package io.dynamoreplica.flink.policy;
