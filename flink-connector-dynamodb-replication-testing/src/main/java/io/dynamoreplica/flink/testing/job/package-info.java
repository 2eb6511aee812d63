/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Jobs that tests run on a MiniCluster: a source, an exchange by key, and a replica that the test
 * can examine. The package exists so that a test of a job describes only what is special about it.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.testing.job;
