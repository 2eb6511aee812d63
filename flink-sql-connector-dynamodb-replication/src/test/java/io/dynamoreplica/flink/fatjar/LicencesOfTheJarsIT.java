/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.fatjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test of what a jar says about its version, its licence and the libraries in it. */
class LicencesOfTheJarsIT {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private static final String SHADED = "io/dynamoreplica/shaded/";

    private static final Pattern URL = Pattern.compile("https?://\\S+");

    /** A file with a licence or a notice, with its folders if a text names them. */
    private static final Pattern LEGAL_FILE = Pattern.compile("[\\w./-]*(?:LICENSE|NOTICE)(?:[\\w.-]*\\w)?");

    /**
     * The folder of each library's classes below {@link #SHADED}, and the name of the library in
     * the notice.
     */
    private static final Map<String, String> NAME_BY_FOLDER = Map.of(
            "com/cronutils/", "com.cronutils:cron-utils:",
            "com/fasterxml/jackson/core/", "com.fasterxml.jackson.core:jackson-core:",
            "org/apache/hc/client5/", "org.apache.httpcomponents.client5:httpclient5:",
            "org/apache/hc/core5/", "org.apache.httpcomponents.core5:httpcore5:",
            "org/publicsuffix/", "effective_tld_names.dat",
            "org/reactivestreams/", "org.reactivestreams:reactive-streams:",
            "software/amazon/awssdk/", "software.amazon.awssdk: all of version",
            "software/amazon/eventstream/", "software.amazon.eventstream:eventstream:");

    static Stream<PackagedJar> jars() {
        return Stream.of(PackagedJar.thin(), PackagedJar.fat());
    }

    @ParameterizedTest
    @MethodSource("jars")
    void theLicenceOfTheProjectIsInEachJar(PackagedJar jar) throws IOException {
        assertThat(jar.files()).contains("META-INF/LICENSE", "META-INF/NOTICE");
        assertThat(jar.text("META-INF/LICENSE")).isEqualTo(Files.readString(ROOT.resolve("LICENSE")));
        assertThat(jar.text("META-INF/NOTICE"))
                .contains("DynamoDB replication for Apache Flink")
                .contains("Apache License, Version 2.0");
    }

    @ParameterizedTest
    @MethodSource("jars")
    void theManifestNamesTheProjectItsVersionAndTheFlinkOfItsBuild(PackagedJar jar) {
        assertThat(jar.manifest().getValue("Implementation-Title")).startsWith("DynamoDB replication for Apache Flink");
        assertThat(jar.manifest().getValue("Implementation-Version")).isEqualTo(System.getProperty("project.version"));
        assertThat(jar.manifest().getValue("Built-On-Flink")).matches("\\d+\\.\\d+\\.\\d+");
    }

    @ParameterizedTest
    @MethodSource("jars")
    void everyFileThatANoticeNamesIsInTheJar(PackagedJar jar) {
        List<String> files = jar.files();
        assertThat(files.stream().filter(LicencesOfTheJarsIT::isNotice))
                .isNotEmpty()
                .allSatisfy(notice -> assertThat(files).containsAll(named(jar.text(notice))));
    }

    @Test
    void theNoticeOfTheFatJarNamesEveryLibraryWithItsVersion() {
        PackagedJar jar = PackagedJar.fat();
        String notice = jar.text("META-INF/NOTICE");
        assertThat(jar.files().stream().filter(file -> file.endsWith("/pom.properties")))
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(notice).contains(asInNotice(jar.text(file))));
    }

    /** Checks the files of all libraries, because some libraries have no {@code pom.properties}. */
    @Test
    void theNoticeOfTheFatJarNamesTheLibraryOfEveryFile() {
        PackagedJar jar = PackagedJar.fat();
        String notice = jar.text("META-INF/NOTICE");
        assertThat(jar.files().stream().filter(file -> file.startsWith(SHADED)))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(NAME_BY_FOLDER.keySet())
                        .as("the notice must name the library of the file %s", file)
                        .anyMatch(file.substring(SHADED.length())::startsWith));
        assertThat(NAME_BY_FOLDER.values())
                .allSatisfy(name -> assertThat(notice).contains("\n- " + name));
    }

    /**
     * Checks that each library is listed below a line that names its licence and the file with the
     * licence's text.
     */
    @Test
    void eachLibraryStandsBelowItsLicence() {
        String notice = PackagedJar.fat().text("META-INF/NOTICE");
        assertThat(NAME_BY_FOLDER.values()).allSatisfy(name -> assertThat(named(heading(notice, "- " + name)))
                .isNotEmpty());
        assertThat(heading(notice, "- org.reactivestreams:"))
                .contains("MIT-0 (META-INF/licenses/LICENSE.reactive-streams)");
        assertThat(heading(notice, "- effective_tld_names.dat"))
                .contains("Mozilla Public License, Version 2.0 (META-INF/licenses/LICENSE.MPL-2.0)");
        assertThat(heading(notice, "- software.amazon.awssdk:"))
                .contains("Apache License, Version 2.0")
                .contains("(META-INF/LICENSE.txt)");
        assertThat(heading(notice, "- com.cronutils:")).contains("Apache License, Version 2.0 (META-INF/LICENSE)");
    }

    @Test
    void aFileThatIsNamedIsSeenWithItsFolderAndWithoutTheStopBehindIt() {
        assertThat(named(
                        "See a-LICENSE. For b see (META-INF/licenses/LICENSE.b), of" + " https://example.org/LICENSE."))
                .containsExactly("META-INF/a-LICENSE", "META-INF/licenses/LICENSE.b");
    }

    private static boolean isNotice(String file) {
        return file.matches("META-INF/[^/]*NOTICE[^/]*");
    }

    private static List<String> named(String notice) {
        return LEGAL_FILE
                .matcher(URL.matcher(notice).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .map(file -> file.startsWith("META-INF/") ? file : "META-INF/" + file)
                .toList();
    }

    /** Returns the line with the licence of this entry. */
    private static String heading(String notice, String entry) {
        List<String> above = notice.substring(0, notice.indexOf("\n" + entry))
                .lines()
                .filter(line -> line.startsWith("Under "))
                .toList();
        return above.get(above.size() - 1);
    }

    private static String asInNotice(String pomProperties) {
        Properties library = new Properties();
        try {
            library.load(new StringReader(pomProperties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String group = library.getProperty("groupId");
        String version = library.getProperty("version");
        return switch (group) {
            case "io.dynamoreplica" -> "the connector";
            case "software.amazon.awssdk" -> group + ": all of version " + version;
            default -> String.join(":", group, library.getProperty("artifactId"), version);
        };
    }
}
