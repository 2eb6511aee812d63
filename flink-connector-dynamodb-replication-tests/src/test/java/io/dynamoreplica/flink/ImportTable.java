/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packages and types that each package of the connector may import, in addition to itself and
 * the JDK: the table of docs/design/architecture.md, with rows for packages that are not built yet.
 */
final class ImportTable {

    static final String ROOT = "io.dynamoreplica.flink";

    private static final String FLINK = "org.apache.flink..";
    private static final String AWS_SDK = "software.amazon.awssdk..";
    private static final String JACKSON_CORE = "com.fasterxml.jackson.core..";
    private static final String LOGGING = "org.slf4j";

    /** The marks of public and internal types, for packages that may not import all of Flink. */
    private static final String MARKS = "org.apache.flink.annotation";

    /** Flink's types for the type, the serialization and the output of elements. */
    private static final String[] FLINK_TYPE_INFO = {
        "org.apache.flink.api.common.ExecutionConfig",
        "org.apache.flink.api.common.serialization",
        "org.apache.flink.api.common.typeinfo",
        "org.apache.flink.api.common.typeutils..",
        "org.apache.flink.api.java.typeutils",
        "org.apache.flink.core.memory",
        "org.apache.flink.types.StringValue",
        "org.apache.flink.util.Collector",
    };

    private static final String[] FLINK_SERIALIZERS = {
        "org.apache.flink.core.io", "org.apache.flink.core.memory",
    };

    static final List<Row> ROWS = List.of(
            row("").own("config", "policy", "projection", "change", "change.json", "split", "protocol", "service")
                    .own("service.aws", "enumerator", "reader", "reader.cursor", "state")
                    .own("reconcile", "reconcile.rules")
                    .and(FLINK, LOGGING),
            row("projection").own("change"),
            row("policy").and(MARKS),
            row("config")
                    .own("projection", "policy")
                    .and("org.apache.flink.configuration..", MARKS, LOGGING, "com.cronutils..")
                    .and(JACKSON_CORE),
            row("change").and(FLINK_TYPE_INFO).and(MARKS),
            row("change.json").own("change").and(FLINK_TYPE_INFO).and(MARKS, JACKSON_CORE),
            row("split")
                    .and("org.apache.flink.api.connector.source.SourceSplit")
                    .and("org.apache.flink.api.connector.source.SourceEvent"),
            row("protocol").own("split", "policy"),
            row("service")
                    .own("change", "projection", "split", "config", "policy")
                    .and(MARKS, LOGGING),
            row("service.aws")
                    .own("service", "change", "projection", "split", "config")
                    .and(AWS_SDK, MARKS, LOGGING),
            row("enumerator")
                    .own("protocol", "split", "service", "config", "policy")
                    .and(FLINK, LOGGING),
            row("reader.cursor").own("change", "projection", "split", "service"),
            row("reader")
                    .own("reader.cursor", "change", "projection", "split", "service")
                    .own("config", "policy")
                    .and(FLINK, LOGGING),
            row("state")
                    .own("split", "protocol", "policy")
                    .and(FLINK_SERIALIZERS)
                    .and(MARKS),
            row("reconcile.rules").own("change"),
            row("reconcile").own("reconcile.rules", "change").and(FLINK, LOGGING),
            row("table")
                    .own("", "change", "change.json", "projection", "config", "policy", "reconcile")
                    .and(FLINK, LOGGING));

    private ImportTable() {}

    /**
     * The allowed imports of one package.
     *
     * @param name the name of the package after {@link #ROOT}
     * @param allowed packages or classes; two dots at the end include the packages below
     */
    record Row(String name, List<String> allowed) {

        String packageName() {
            return fullName(name);
        }

        private Row own(String... names) {
            return and(Arrays.stream(names).map(ImportTable::fullName).toArray(String[]::new));
        }

        private Row and(String... more) {
            return new Row(
                    name, Stream.concat(allowed.stream(), Stream.of(more)).toList());
        }

        ArchRule rule() {
            return classes()
                    .that()
                    .resideInAPackage(packageName())
                    .should()
                    .onlyDependOnClassesThat(isAllowed())
                    .allowEmptyShould(true)
                    .because("the design allows " + packageName() + " no more than " + allowed);
        }

        private DescribedPredicate<JavaClass> isAllowed() {
            List<String> patterns = Stream.concat(Stream.of(packageName(), "java.."), allowed.stream())
                    .toList();
            return DescribedPredicate.describe("are allowed", dependency -> {
                JavaClass type = dependency.getBaseComponentType();
                return type.isPrimitive() || patterns.stream().anyMatch(pattern -> matches(pattern, type));
            });
        }

        private static boolean matches(String pattern, JavaClass type) {
            String topLevel = type.getName().replaceFirst("\\$.*", "");
            return pattern.equals(topLevel) || PackageMatcher.of(pattern).matches(type.getPackageName());
        }

        @Override
        public String toString() {
            return packageName();
        }
    }

    private static String fullName(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    private static Row row(String name) {
        return new Row(name, List.of());
    }
}
