/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The parts of a Markdown page that show code from a file of this repository. The page names the
 * region above the block:
 *
 * <pre>{@code
 * <!-- snippet: name -->
 * }</pre>
 *
 * In the file, the region is between the lines {@code // region name} and {@code // endregion}, or
 * the same with {@code --}.
 */
final class Snippets {

    private static final Pattern SHOWN =
            Pattern.compile("<!-- snippet: (\\S+) -->\\s*```\\w*\\R(.*?)```", Pattern.DOTALL);

    private Snippets() {}

    /**
     * A block of code on a page.
     *
     * @param code as the page shows it
     */
    record Shown(String region, String code) {}

    static List<Shown> in(String page) {
        return SHOWN.matcher(page).results().map(Snippets::shown).toList();
    }

    /** Returns the page without the blocks that name their region. */
    static String untagged(String page) {
        return SHOWN.matcher(page).replaceAll("");
    }

    private static Shown shown(MatchResult match) {
        return new Shown(match.group(1), match.group(2).stripTrailing());
    }

    /**
     * Returns the lines of a region, without their common indentation.
     *
     * @throws IllegalArgumentException if the file has no such region
     */
    static String region(String file, String name) {
        var found = Pattern.compile(
                        "(?ms)^ *(?://|--) region " + Pattern.quote(name) + "\\R(.*?)^ *(?://|--) endregion")
                .matcher(file);
        if (!found.find()) {
            throw new IllegalArgumentException("The file has no region " + name);
        }
        return found.group(1).stripTrailing().stripIndent();
    }
}
