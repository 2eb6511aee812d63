/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The public types of a change: a {@link io.dynamoreplica.flink.change.ChangeEvent}, its images as
 * read-only {@link io.dynamoreplica.flink.change.Item}s, and the schema that turns events into the
 * elements of a DataStream.
 *
 * <p>An item is walked attribute by attribute. So a converter does not depend on how the item was decoded,
 * and a consumer that needs three attributes of forty does not pay for a map of all. For access by name,
 * materialise the item. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.change;
