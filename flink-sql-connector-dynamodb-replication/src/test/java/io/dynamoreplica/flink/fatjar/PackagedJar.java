/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.fatjar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A jar that the build has packaged. */
record PackagedJar(Path path) {

    /** Returns the jar of this module, which the system property {@code fat.jar} names. */
    static PackagedJar fat() {
        return new PackagedJar(Path.of(System.getProperty("fat.jar")));
    }

    /** Returns the jar of the connector alone, which the system property {@code thin.jar} names. */
    static PackagedJar thin() {
        return new PackagedJar(Path.of(System.getProperty("thin.jar")));
    }

    /** Returns the names of all files in the jar. */
    List<String> files() {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .filter(e -> !e.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files whose text is accepted. Each byte is one character of the text. */
    List<String> filesWith(BiPredicate<String, String> accepted) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .filter(e -> !e.isDirectory() && accepted.test(e.getName(), text(jar, e)))
                    .map(JarEntry::getName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String file) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return text(jar, jar.getJarEntry(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the main attributes of the manifest. */
    Attributes manifest() {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.getManifest().getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JarFile jar, JarEntry entry) {
        try (var content = jar.getInputStream(entry)) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
