/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import io.dynamoreplica.flink.losses.FaultsPage.NamedTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of all tests of all modules, by file name. */
final class TestSources {

    private static final Path TESTS = Path.of("src", "test", "java");

    /** The main code of a module of tests: the contract, whose tests each implementation inherits. */
    private static final Path CONTRACTS = Path.of("src", "main", "java", "io", "dynamoreplica", "flink", "testing");

    private final Map<String, String> byClass = new HashMap<>();

    /**
     * Reads the sources of all modules.
     *
     * @param repository the directory that holds all modules
     */
    TestSources(Path repository) {
        try (Stream<Path> modules = Files.list(repository)) {
            for (Path module : modules.toList()) {
                readAll(module.resolve(TESTS));
                readAll(module.resolve(CONTRACTS));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The tests' sources cannot be read", e);
        }
    }

    private void readAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path :
                    paths.filter(path -> path.toString().endsWith(".java")).toList()) {
                String file = path.getFileName().toString();
                byClass.merge(
                        file.substring(0, file.length() - ".java".length()), Files.readString(path), String::concat);
            }
        }
    }

    boolean has(NamedTest test) {
        String source = byClass.get(test.className());
        return source != null && (test.method().isEmpty() || source.contains("void " + test.method() + "("));
    }

    boolean hasMutation(String name) {
        return byClass.entrySet().stream()
                .filter(source -> source.getKey().endsWith("Mutations"))
                .anyMatch(source -> source.getValue().contains("\"" + name + "\""));
    }

    /** Returns the tests of all classes of a package, marked with {@code @Test} or {@code @ParameterizedTest}. */
    List<NamedTest> testsOf(String packageName) {
        Pattern method = Pattern.compile("@(?:Parameterized)?Test\\b[^;{]*?\\bvoid (\\w+)\\(");
        return byClass.entrySet().stream()
                .filter(source -> source.getValue().contains("package " + packageName + ";"))
                .flatMap(source -> method.matcher(source.getValue())
                        .results()
                        .map(found -> new NamedTest(source.getKey(), found.group(1))))
                .toList();
    }
}
