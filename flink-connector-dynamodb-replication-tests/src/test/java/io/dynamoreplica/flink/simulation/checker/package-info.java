/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The promises, each watched by a checker of its own over every history. A checker knows the truth
 * of the simulated world, which the connector never sees.
 */
package io.dynamoreplica.flink.simulation.checker;
