/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The rules for the marks of public API. A type is public API if its top-level type has the mark
 * {@link PublicEvolving} or {@link Experimental}, and users can see it. The packages of {@link
 * HouseRules#PURE} are internal as a whole. Their types have no mark, because a mark is a type of Flink.
 */
final class PublicApi {

    private static final List<Class<? extends Annotation>> MARKS =
            List.of(PublicEvolving.class, Experimental.class, Internal.class);

    static final ArchRule EVERY_PUBLIC_TYPE_HAS_ONE_MARK = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackages(HouseRules.PURE)
            .should(have(
                    "exactly one of the marks",
                    type -> MARKS.stream().filter(type::isAnnotatedWith).count() == 1))
            .allowEmptyShould(true)
            .because("users must know which types stay the same in the next version");

    static final ArchRule PUBLIC_SIGNATURES_MENTION_PUBLIC_TYPES = classes()
            .that(describe("are public API", PublicApi::isPublicApi))
            .should(mentionOnlyPublicTypes())
            .allowEmptyShould(true)
            .because("users cannot call a method without the types of its signature");

    private PublicApi() {}

    private static ArchCondition<JavaClass> have(String what, Predicate<JavaClass> condition) {
        return new ArchCondition<>("have " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!condition.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, "%s has not %s".formatted(type.getName(), what)));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> mentionOnlyPublicTypes() {
        return new ArchCondition<>("mention only public API, the JDK and Flink in what users see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                refuse(type, superTypes(type), events);
                refuse(type, involved(type.getTypeParameters()), events);
                for (JavaMember member : type.getMembers()) {
                    if (isSeen(member)) {
                        refuse(member, involved(mentioned(member)), events);
                    }
                }
            }
        };
    }

    private static void refuse(Object place, Collection<JavaClass> types, ConditionEvents events) {
        for (JavaClass type : types) {
            if (!mayBeMentioned(type.getBaseComponentType())) {
                events.add(SimpleConditionEvent.violated(place, "%s mentions %s".formatted(place, type.getName())));
            }
        }
    }

    /** Without type arguments: Flink's source names its split and its state there, which users never see. */
    private static List<JavaClass> superTypes(JavaClass type) {
        return Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                .toList();
    }

    private static List<? extends JavaType> mentioned(JavaMember member) {
        if (member instanceof JavaField field) {
            return List.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        List.of(unit.getReturnType()),
                        unit.getParameterTypes(),
                        unit.getExceptionTypes(),
                        unit.getTypeParameters())
                .flatMap(List::stream)
                .toList();
    }

    private static Set<JavaClass> involved(Collection<? extends JavaType> types) {
        return types.stream()
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .collect(Collectors.toSet());
    }

    private static boolean mayBeMentioned(JavaClass type) {
        String name = type.getName();
        return type.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("org.apache.flink.")
                || name.startsWith(ImportTable.ROOT + ".") && isPublicApi(type);
    }

    private static boolean isPublicApi(JavaClass type) {
        if (type.getEnclosingClass().isPresent()) {
            return isSeen(type) && isPublicApi(type.getEnclosingClass().get());
        }
        return isSeen(type) && (type.isAnnotatedWith(PublicEvolving.class) || type.isAnnotatedWith(Experimental.class));
    }

    private static <E extends HasModifiers & CanBeAnnotated> boolean isSeen(E element) {
        Set<JavaModifier> modifiers = element.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && !element.isAnnotatedWith(Internal.class);
    }
}
