/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * How splits and the enumerator's state look in checkpoints and savepoints.
 *
 * <p>Each format has a version and a method of its own that reads it; what was ever written stays
 * readable. Golden files of the tests hold bytes of each version. Not Java
 * serialization and not Kryo: a savepoint outlives releases of both this connector and Flink.
 */
package io.dynamoreplica.flink.state;
