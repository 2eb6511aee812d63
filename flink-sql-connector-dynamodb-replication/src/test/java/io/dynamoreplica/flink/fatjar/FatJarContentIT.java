/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.fatjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FatJarContentIT {

    private static final String SHADED = "io/dynamoreplica/shaded/";

    /**
     * The original name of a relocated package in a class. After a space, such a name is part of an
     * error message and is allowed.
     */
    private static final Pattern OLD_ADDRESS = Pattern.compile(
            """
            (?<!%s|\\s)(software/amazon/awssdk|org/apache/hc/|org/apache/http/|org/reactivestreams/\
            |org/publicsuffix/|com/fasterxml/jackson/|io/netty/)"""
                    .formatted(SHADED));

    private final PackagedJar jar = PackagedJar.fat();

    @Test
    void everythingIsUnderOurOwnNameOrAboutTheJar() {
        assertThat(jar.files())
                .contains(SHADED + "software/amazon/awssdk/services/dynamodb/DynamoDbClient.class")
                .allMatch(file -> file.startsWith("io/dynamoreplica/") || file.startsWith("META-INF/"))
                .noneMatch(file -> file.startsWith("META-INF/") && file.endsWith(".class"));
    }

    @Test
    void whatFlinkAndTheLoggingBringIsLeftToThem() {
        assertThat(jar.files())
                .noneMatch(file -> file.contains("org/apache/flink/"))
                .noneMatch(file -> file.contains("org/slf4j/"))
                .noneMatch(file -> file.contains("org/apache/logging/"));
    }

    @Test
    void thereIsNoSignatureOfAnotherJarAndNoModule() {
        assertThat(jar.files())
                .noneMatch(file -> file.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
                .noneMatch(file -> file.endsWith("module-info.class"))
                .noneMatch(file -> file.startsWith("META-INF/versions/"));
    }

    @Test
    void noClassCallsABundledLibraryByItsOldName() {
        assertThat(jar.filesWith((file, text) ->
                        file.endsWith(".class") && OLD_ADDRESS.matcher(text).find()))
                .isEmpty();
    }

    @Test
    void servicesAndInterceptorsNameClassesThatAreInTheJar() {
        List<String> files = jar.files();
        assertThat(files)
                .contains(
                        "META-INF/services/" + SHADED.replace('/', '.') + "software.amazon.awssdk.http.SdkHttpService");
        assertThat(files.stream().filter(FatJarContentIT::listsClasses))
                .allSatisfy(list -> assertThat(namesIn(jar.text(list)))
                        .isNotEmpty()
                        .allMatch(name -> files.contains(name.replace('.', '/') + ".class")));
    }

    @Test
    void theConnectorIsFoundByFlinkThroughItsFactory() {
        assertThat(jar.text("META-INF/services/org.apache.flink.table.factories.Factory"))
                .contains("io.dynamoreplica.flink.table.");
    }

    private static boolean listsClasses(String file) {
        return file.startsWith("META-INF/services/") || file.endsWith("/execution.interceptors");
    }

    private static List<String> namesIn(String list) {
        return list.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
