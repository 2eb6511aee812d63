/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Jobs whose tasks, connections or permissions fail, and jobs that cannot do their work. For the words, see
 * docs/glossary.md.
 */
package io.dynamoreplica.flink.it.failure;
