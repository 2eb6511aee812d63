/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A compiler that compiles mutated sources in memory, against the class path of the tests. Not thread-safe. */
final class MutatedClasses {

    /** Maven runs the tests of a module in its directory. */
    private static final Path SOURCES = Path.of("..", "flink-connector-dynamodb-replication", "src", "main", "java");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /** Shared by all compilations: it keeps the class path's jars open. */
    private final StandardJavaFileManager classPath = compiler.getStandardFileManager(null, null, null);

    /**
     * Returns the mutated class and its nested classes, by name.
     *
     * @throws IllegalStateException if the snippet is not in the source exactly once, or the mutated source does
     *     not compile
     */
    Map<String, byte[]> of(Mutation mutation) {
        InMemory files = new InMemory(classPath);
        StringWriter errors = new StringWriter();
        boolean compiled = compiler.getTask(
                        errors,
                        files,
                        null,
                        List.of("-proc:none", "-nowarn"),
                        null,
                        List.of(new Source(mutation.qualifiedName(), mutatedSource(mutation))))
                .call();
        if (!compiled) {
            throw new IllegalStateException("The mutation '" + mutation.name() + "' does not compile: " + errors);
        }
        return files.classes();
    }

    private static String mutatedSource(Mutation mutation) {
        Path file = SOURCES.resolve(mutation.qualifiedName().replace('.', '/') + ".java");
        return mutation.applyTo(read(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("No source to mutate", e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** A file manager that keeps the output of the compiler in memory. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        InMemory(JavaFileManager classPath) {
            super(classPath);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI name = URI.create("memory:///" + className.replace('.', '/') + ".class");
            return new SimpleJavaFileObject(name, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, key -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
