/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Jobs that lose changes, because the stream was trimmed or the table was replaced: the job fails
 * with an error, or copies the table again. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it.gap;
