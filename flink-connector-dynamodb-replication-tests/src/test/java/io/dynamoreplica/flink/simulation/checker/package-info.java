/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The checkers of the promises, one for each, over every history. A checker knows the truth about the
 * simulated world, which the connector cannot see. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.simulation.checker;
