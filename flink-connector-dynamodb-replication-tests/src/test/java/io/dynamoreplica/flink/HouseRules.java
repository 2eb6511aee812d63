/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchRule;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** The rules for the connector's code, in addition to the table of imports. */
final class HouseRules {

    /** The packages without clock, thread and runtime of Flink or AWS. All their types are internal. */
    static final String[] PURE = {
        ImportTable.ROOT + ".protocol",
        ImportTable.ROOT + ".projection",
        ImportTable.ROOT + ".split",
        ImportTable.ROOT + ".reader.cursor"
    };

    private static final Pattern EMPTY_NAME = Pattern.compile("Abstract[A-Z].*|.*(Utils?|Manager|Helper)");

    static final ArchRule TIME_IS_AN_ARGUMENT = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .accessTargetWhere(describe("it reads a clock", HouseRules::readsAClock))
            .allowEmptyShould(true)
            .because("simulated histories run on virtual time");

    static final ArchRule RULES_HAVE_NO_THREADS = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.lang\\.(Thread|ThreadLocal|Runnable)|java\\.util\\.concurrent\\.(?!TimeUnit).*|java\\.util\\.Timer.*")
            .allowEmptyShould(true)
            .because("simulated histories run in one thread");

    static final ArchRule NAMES_SAY_SOMETHING = noClasses()
            .should(be(describe(
                    "named Abstract*, *Utils, *Manager or *Helper",
                    (JavaClass type) -> EMPTY_NAME.matcher(type.getSimpleName()).matches())))
            .because("a name answers a question");

    static final ArchRule NO_KRYO = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("com\\.esotericsoftware\\..*|.*\\.typeutils\\.runtime\\.kryo\\..*|.*\\.GenericTypeInfo")
            .because("state written with Kryo does not survive the step from Flink 1 to 2");

    static final ArchRule NO_FLINK_TYPES_THAT_CHANGED = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    ".*\\.FutureCompletingBlockingQueue|.*\\.source\\.util\\.ratelimit\\..*|.*\\.SplitsRemoval")
            .because("one jar runs on every Flink from 1.20 on, and these differ between them");

    static final ArchRule AN_ERROR_SAYS_ALL_IN_ITS_INNERMOST_MESSAGE = noClasses()
            .that()
            .doNotHaveSimpleName("CredentialsUnavailableException")
            .should()
            .callConstructorWhere(describe("it puts a cause below an error", HouseRules::takesACause))
            .because("SQL clients only show the innermost message; a cause belongs into its text or the log");

    private HouseRules() {}

    /** Allows our own errors, and errors for what cannot happen. */
    private static boolean takesACause(JavaConstructorCall call) {
        JavaClass error = call.getTargetOwner();
        return error.isAssignableTo(Throwable.class)
                && !error.getPackageName().startsWith(ImportTable.ROOT)
                && !error.isEquivalentTo(UncheckedIOException.class)
                && call.getTarget().getRawParameterTypes().stream()
                        .anyMatch(type -> type.isAssignableTo(Throwable.class));
    }

    private static boolean readsAClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getName();
        return owner.equals("java.lang.System") && (member.equals("currentTimeMillis") || member.equals("nanoTime"))
                || owner.startsWith("java.time.")
                        && (member.equals("now") || member.startsWith("system") || member.startsWith("tick"))
                || owner.equals("java.util.concurrent.TimeUnit") && member.equals("sleep")
                || owner.equals("java.util.Date") && member.equals("<init>");
    }
}
