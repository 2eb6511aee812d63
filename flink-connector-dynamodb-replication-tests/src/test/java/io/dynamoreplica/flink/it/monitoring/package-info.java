/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/** Tests of the metrics and log lines of a job. For the words, see docs/glossary.md. */
package io.dynamoreplica.flink.it.monitoring;
