/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The check that the connector keeps to {@link ImportTable}, {@link HouseRules} and {@link
 * PublicApi}, without exceptions.
 */
class ArchitectureTest {

    private static final JavaClasses CONNECTOR = importConnector();

    /** Imports only the main code, from its folder or its jar. */
    private static JavaClasses importConnector() {
        String main = ReplicationSplit.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return new ClassFileImporter()
                .withImportOption(location -> location.contains(main))
                .importPackages(ImportTable.ROOT);
    }

    static Stream<ArchRule> houseRules() {
        return Stream.of(
                HouseRules.TIME_IS_AN_ARGUMENT,
                HouseRules.RULES_HAVE_NO_THREADS,
                HouseRules.NAMES_SAY_SOMETHING,
                HouseRules.NO_KRYO,
                HouseRules.AN_ERROR_SAYS_ALL_IN_ITS_INNERMOST_MESSAGE,
                HouseRules.NO_FLINK_TYPES_THAT_CHANGED,
                PublicApi.EVERY_PUBLIC_TYPE_HAS_ONE_MARK,
                PublicApi.PUBLIC_SIGNATURES_MENTION_PUBLIC_TYPES);
    }

    static Stream<ImportTable.Row> rows() {
        return ImportTable.ROWS.stream();
    }

    @Test
    void theMainCodeWasFoundAndTheTestsWereNot() {
        assertThat(CONNECTOR.contain(ReplicationSplit.class)).isTrue();
        assertThat(CONNECTOR.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void everyPackageHasARowInTheTable() {
        assertThat(CONNECTOR.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .isSubsetOf(ImportTable.ROWS.stream()
                        .map(ImportTable.Row::packageName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aPackageImportsWhatTheTableAllows(ImportTable.Row row) {
        row.rule().check(CONNECTOR);
    }

    @ParameterizedTest
    @MethodSource("houseRules")
    void theHouseRulesAreKept(ArchRule rule) {
        rule.check(CONNECTOR);
    }
}
