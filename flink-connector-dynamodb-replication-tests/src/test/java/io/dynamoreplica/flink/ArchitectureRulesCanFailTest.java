/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check that each rule of {@link ArchitectureTest} refuses a class, compiled here, that breaks it. */
class ArchitectureRulesCanFailTest {

    private static final String FLINK = "org.apache.flink.util.Preconditions";
    private static final String MARK = "org.apache.flink.annotation.Internal";
    private static final String AWS = "software.amazon.awssdk.regions.Region";

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /**
     * Shared by all tests, because it remembers the content of each jar: to read all jars takes most of
     * the time.
     */
    private static final StandardJavaFileManager CLASS_PATH = JAVAC.getStandardFileManager(null, null, null);

    @TempDir
    Path folder;

    @AfterAll
    static void closeTheClassPath() throws IOException {
        CLASS_PATH.close();
    }

    /** A package, and a type that the package must not import. */
    record Wrong(String packageName, String imported) {}

    static List<Wrong> wrongImports() {
        return List.of(
                new Wrong("", AWS),
                new Wrong("projection", "io.dynamoreplica.flink.split.ScanSplit"),
                new Wrong("projection", MARK),
                new Wrong("policy", "io.dynamoreplica.flink.split.ScanSplit"),
                new Wrong("config", FLINK),
                new Wrong("change", FLINK),
                new Wrong("change.json", "io.dynamoreplica.flink.split.ScanSplit"),
                new Wrong("split", FLINK),
                new Wrong("split", MARK),
                new Wrong("split", "org.slf4j.Logger"),
                new Wrong("protocol", FLINK),
                new Wrong("protocol", MARK),
                new Wrong("protocol", "org.slf4j.Logger"),
                new Wrong("service", AWS),
                new Wrong("service.aws", FLINK),
                new Wrong("enumerator", AWS),
                new Wrong("enumerator", "io.dynamoreplica.flink.change.Item"),
                new Wrong("reader.cursor", FLINK),
                new Wrong("reader.cursor", MARK),
                new Wrong("reader", AWS),
                new Wrong("state", "io.dynamoreplica.flink.change.Item"),
                new Wrong("reconcile.rules", "io.dynamoreplica.flink.split.ScanSplit"),
                new Wrong("reconcile", AWS),
                new Wrong("table", "io.dynamoreplica.flink.service.DynamoDbService"));
    }

    @ParameterizedTest
    @MethodSource("wrongImports")
    void aRowOfTheTableRefusesAnythingElse(Wrong wrong) throws IOException {
        ImportTable.Row row = ImportTable.ROWS.stream()
                .filter(r -> r.name().equals(wrong.packageName()))
                .findFirst()
                .orElseThrow();
        JavaClasses classes = compile(row.packageName(), "Wrong", wrong.imported() + " field;");

        assertThat(violations(row.rule(), classes)).singleElement().asString().contains(wrong.imported());
    }

    @Test
    void everyRowIsShownToRefuseSomething() {
        assertThat(wrongImports().stream().map(Wrong::packageName))
                .containsAll(
                        ImportTable.ROWS.stream().map(ImportTable.Row::name).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object now() { return java.time.Instant.now(); }",
                "java.util.function.Supplier<?> now = java.time.Instant::now;",
                "long now() { return System.currentTimeMillis(); }",
                "long now() { return System.nanoTime(); }",
                "Object clock() { return java.time.Clock.systemUTC(); }",
                "Object date() { return new java.util.Date(); }",
                "void rest() throws Exception { java.util.concurrent.TimeUnit.DAYS.sleep(1); }"
            })
    void aClockIsFound(String member) throws IOException {
        assertThat(violations(
                        HouseRules.TIME_IS_AN_ARGUMENT,
                        compile("io.dynamoreplica.flink.reader.cursor", "Wrong", member)))
                .isNotEmpty();
    }

    @Test
    void timeInTheAdaptersIsNoViolation() throws IOException {
        JavaClasses adapter =
                compile("io.dynamoreplica.flink.reader", "Right", "Object now() { return java.time.Instant.now(); }");

        assertThat(violations(HouseRules.TIME_IS_AN_ARGUMENT, adapter)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread thread;",
                "java.util.concurrent.locks.Lock lock;",
                "void run() { Thread.currentThread().interrupt(); }"
            })
    void aThreadIsFound(String member) throws IOException {
        assertThat(violations(
                        HouseRules.RULES_HAVE_NO_THREADS, compile("io.dynamoreplica.flink.protocol", "Wrong", member)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SplitUtils", "KeyUtil", "ShardManager", "ScanHelper", "AbstractSplit"})
    void aNameThatSaysNothingIsFound(String name) throws IOException {
        assertThat(violations(HouseRules.NAMES_SAY_SOMETHING, compile("io.dynamoreplica.flink.state", name, "")))
                .isNotEmpty();
    }

    @Test
    void kryoIsFound() throws IOException {
        assertThat(violations(
                        HouseRules.NO_KRYO,
                        compile(
                                "io.dynamoreplica.flink.state",
                                "Wrong",
                                "org.apache.flink.api.java.typeutils.GenericTypeInfo<?> type;")))
                .isNotEmpty();
    }

    @Test
    void anErrorWithACauseIsFound() throws IOException {
        assertThat(violations(
                        HouseRules.AN_ERROR_SAYS_ALL_IN_ITS_INNERMOST_MESSAGE,
                        compile(
                                "io.dynamoreplica.flink.reader",
                                "Wrong",
                                "Object error = new IllegalStateException(\"what\", new Error());")))
                .isNotEmpty();
    }

    @Test
    void aFlinkTypeThatChangedIsFound() throws IOException {
        assertThat(violations(
                        HouseRules.NO_FLINK_TYPES_THAT_CHANGED,
                        compile(
                                "io.dynamoreplica.flink.reader",
                                "Wrong",
                                "org.apache.flink.connector.base.source.reader.synchronization"
                                        + ".FutureCompletingBlockingQueue<?> queue;")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Marked {}",
                "@PublicEvolving @Internal public class Marked {}",
                "@Experimental @PublicEvolving public interface Marked {}",
                "public enum Marked {}",
                "public record Marked() {}"
            })
    void aPublicTypeWithoutExactlyOneMarkIsFound(String type) throws IOException {
        assertThat(violations(PublicApi.EVERY_PUBLIC_TYPE_HAS_ONE_MARK, compileMarked(type)))
                .singleElement()
                .asString()
                .contains("Marked has not exactly one of the marks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@PublicEvolving public class Marked {}",
                "@Experimental public class Marked {}",
                "@Internal public class Marked { public static class Nested {} }",
                "class Marked { public static class Nested {} }"
            })
    void aMarkedTypeAndATypeThatIsNotPublicAreNoViolation(String type) throws IOException {
        assertThat(violations(PublicApi.EVERY_PUBLIC_TYPE_HAS_ONE_MARK, compileMarked(type)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public ScanSplit field;",
                "protected ScanSplit field;",
                "public ScanSplit[] field;",
                "public java.util.List<ScanSplit> field;",
                "public ScanSplit method() { return null; }",
                "protected void method(ScanSplit parameter) {}",
                "public void method(java.util.Map<String, java.util.List<ScanSplit>> parameter) {}",
                "public <S extends java.util.List<ScanSplit>> void method() {}",
                "public Marked(ScanSplit parameter) {}",
                "public static class Nested { public ScanSplit field; }",
                "public record Nested(ScanSplit component) {}",
                "public static class Nested<S extends java.util.List<ScanSplit>> {}"
            })
    void anInternalTypeInAPublicSignatureIsFound(String member) throws IOException {
        for (String mark : List.of("@PublicEvolving", "@Experimental")) {
            JavaClasses marked = compileMarked("%s public class Marked { %s }".formatted(mark, member));
            assertThat(violations(PublicApi.PUBLIC_SIGNATURES_MENTION_PUBLIC_TYPES, marked))
                    .isNotEmpty()
                    .allSatisfy(violation ->
                            assertThat(violation).contains("mentions").contains("ScanSplit"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Marked { public org.slf4j.Logger field; }",
                "public class Marked { public Hidden field; static class Hidden {} }",
                "public class Marked { public void method() throws ReplicationStoppedException {} }",
                "public interface Marked extends DynamoDbService {}",
                "public class Marked extends Hidden {} class Hidden {}"
            })
    void aTypeThatIsNotPublicApiIsFound(String type) throws IOException {
        assertThat(violations(
                        PublicApi.PUBLIC_SIGNATURES_MENTION_PUBLIC_TYPES, compileMarked("@PublicEvolving " + type)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Internal public class Marked { public ScanSplit field; }",
                "@PublicEvolving public class Marked { @Internal public ScanSplit field; }",
                "@PublicEvolving public class Marked { @Internal public ScanSplit method() { return null; } }",
                "@PublicEvolving public class Marked { private ScanSplit field; ScanSplit other; }",
                "@PublicEvolving public class Marked { static class Hidden { public ScanSplit field; } }",
                "@PublicEvolving public class Marked { public Nested field; public static class Nested {} }",
                "@PublicEvolving public class Marked { public java.util.List<StartupMode[]> field; }",
                "@PublicEvolving public abstract class Marked implements java.util.function.Supplier<ScanSplit> {}"
            })
    void aSignatureOfPublicTypesOrThatUsersDoNotSeeIsNoViolation(String type) throws IOException {
        assertThat(violations(PublicApi.PUBLIC_SIGNATURES_MENTION_PUBLIC_TYPES, compileMarked(type)))
                .isEmpty();
    }

    private JavaClasses compileMarked(String type) throws IOException {
        return compile(
                "Marked",
                """
                package io.dynamoreplica.flink;
                import io.dynamoreplica.flink.enumerator.ReplicationStoppedException;
                import io.dynamoreplica.flink.policy.StartupMode;
                import io.dynamoreplica.flink.service.DynamoDbService;
                import io.dynamoreplica.flink.split.ScanSplit;
                import org.apache.flink.annotation.*;
                %s
                """
                        .formatted(type));
    }

    private JavaClasses compile(String packageName, String name, String member) throws IOException {
        return compile(name, "package %s; class %s { %s }".formatted(packageName, name, member));
    }

    private JavaClasses compile(String name, String text) throws IOException {
        Path source = folder.resolve(name + ".java");
        Files.writeString(source, text);
        boolean compiled = JAVAC.getTask(
                        null,
                        CLASS_PATH,
                        null,
                        List.of("-proc:none", "-d", folder.toString()),
                        null,
                        CLASS_PATH.getJavaFileObjects(source))
                .call();
        assertThat(compiled).isTrue();
        return new ClassFileImporter().importPath(folder);
    }

    private static List<String> violations(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }
}
