/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What a user receives: a {@link io.dynamoreplica.flink.change.ChangeEvent}, its images as our own
 * read-only {@link io.dynamoreplica.flink.change.Item}, and the schema that turns events into the
 * elements of a DataStream.
 *
 * <p>An item is walked attribute by attribute, so that a converter never sees how it was decoded,
 * and no map has to be built for a consumer that wants three columns of forty. Who wants random
 * access materialises it.
 */
package io.dynamoreplica.flink.change;
