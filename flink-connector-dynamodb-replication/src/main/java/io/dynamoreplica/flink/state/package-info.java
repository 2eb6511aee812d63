/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The formats of splits and of the enumerator's state in checkpoints and savepoints. They are in a
 * package of their own because a savepoint lives longer than a release. For the words, see
 * docs/glossary.md.
 *
 * <p>Each format has a version and its own method that reads it. A version that was ever written stays
 * readable. Golden files of the tests hold bytes of each version. Java
 * serialization and Kryo are not used, because their bytes depend on the releases of this connector and
 * of Flink.
 */
package io.dynamoreplica.flink.state;
