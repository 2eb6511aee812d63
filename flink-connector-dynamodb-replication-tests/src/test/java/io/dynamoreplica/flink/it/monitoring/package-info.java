/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What an operator sees of a job: metrics and log lines. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it.monitoring;
