/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** The behaviour on a class path without {@code flink-connector-base}. */
class MissingConnectorBaseTest {

    private final ClassLoader withoutConnectorBase = new WithoutConnectorBase();

    @Test
    void aSourceIsNotBuiltAndTheMessageNamesTheDependency() throws Exception {
        Supplier<?> build = (Supplier<?>) withoutConnectorBase
                .loadClass(BuildsASource.class.getName())
                .getDeclaredConstructor()
                .newInstance();

        assertThatThrownBy(build::get)
                .hasMessageContaining("org.apache.flink:flink-connector-base")
                .hasNoCause();
    }

    @Test
    void aTaskThatLacksItEndsTheJobInsteadOfRestartingIt() throws Exception {
        Source<?, ?, ?> source = InstantiationUtil.deserializeObject(
                InstantiationUtil.serializeObject(new BuildsASource().get()), withoutConnectorBase);

        assertThatThrownBy(() -> source.createReader(null))
                .hasMessageContaining("org.apache.flink:flink-connector-base")
                .satisfies(thrown -> assertThat(ThrowableClassifier.getThrowableType(thrown))
                        .isEqualTo(ThrowableType.NonRecoverableError));
    }

    /** The code of a user, which any class loader can load. */
    public static final class BuildsASource implements Supplier<Object> {
        @Override
        public Object get() {
            return DynamoDbReplicationSource.builder(JsonChangeDeserializationSchema.plain())
                    .table("orders")
                    .region("eu-west-1")
                    .build();
        }
    }

    /** Loads the connector again, and finds all other classes except those of the one library. */
    private static final class WithoutConnectorBase extends ClassLoader {

        WithoutConnectorBase() {
            super(MissingConnectorBaseTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.flink.connector.base.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.dynamoreplica.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream content = getParent().getResourceAsStream(file)) {
                byte[] bytes = content.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
