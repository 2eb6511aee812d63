/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Jobs with several readers: how shards are assigned to readers, how event time passes, and how a
 * job is rescaled. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it.readers;
