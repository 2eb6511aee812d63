/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Jobs about copies of a table: what a startup mode reads, when the stream begins, and copies on a
 * schedule. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it.copy;
