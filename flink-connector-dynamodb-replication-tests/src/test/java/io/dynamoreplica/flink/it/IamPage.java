/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policies that docs/iam.md shows. A comment before each one names the startup modes or the feature that it is for.
 *
 * @param actions by startup mode or feature, the actions that its policy allows
 */
record IamPage(Map<String, Set<String>> actions) {

    private static final Pattern POLICY =
            Pattern.compile("<!-- policy: ([^>]+) -->\\s*```json\\R(.*?)```", Pattern.DOTALL);

    /** The path is relative to the module, in which Maven runs tests. */
    static IamPage read() throws IOException {
        return of(Files.readString(Path.of("..", "docs", "iam.md")));
    }

    /**
     * @throws IOException if a policy is not valid JSON
     */
    static IamPage of(String page) throws IOException {
        Map<String, Set<String>> actions = new HashMap<>();
        Matcher policies = POLICY.matcher(page);
        while (policies.find()) {
            for (String use : policies.group(1).split(" ")) {
                actions.put(use, actionsOf(policies.group(2)));
            }
        }
        return new IamPage(actions);
    }

    private static Set<String> actionsOf(String policy) throws IOException {
        Set<String> actions = new TreeSet<>();
        try (JsonParser json = new JsonFactory().createParser(policy)) {
            String member = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    member = json.currentName();
                } else if (token == JsonToken.VALUE_STRING && member.equals("Action")) {
                    actions.add(json.getText());
                }
            }
        }
        return actions;
    }
}
