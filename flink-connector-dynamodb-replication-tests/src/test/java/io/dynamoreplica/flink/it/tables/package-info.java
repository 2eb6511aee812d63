/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Jobs that replicate several tables. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it.tables;
