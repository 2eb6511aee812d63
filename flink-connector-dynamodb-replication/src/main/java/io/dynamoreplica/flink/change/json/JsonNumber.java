/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number in the grammar of JSON. DynamoDB writes its numbers so, but DynamoDB Local and others
 * that speak its API keep a number inside a map or list as it was written: {@code +5}, {@code
 * 00042}, {@code .5}, {@code 5.}. No parser of JSON takes these.
 *
 * <p>Only the form changes. Every digit that counts stays, and an exponent stays an exponent: one
 * that is huge is never expanded.
 */
final class JsonNumber {

    private static final Pattern JSON = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    /** A sign, digits before the point, digits after it, and an exponent. */
    private static final Pattern NUMBER = Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?([eE][+-]?[0-9]+)?");

    private JsonNumber() {}

    /**
     * The same value in the grammar of JSON.
     *
     * @param sent the digits as the server sent them
     * @return {@code sent} itself if it is a number of JSON; empty if it is no number at all
     */
    static Optional<String> of(String sent) {
        if (isWhole(sent) || JSON.matcher(sent).matches()) {
            return Optional.of(sent);
        }
        Matcher number = NUMBER.matcher(sent);
        return number.matches() ? written(number) : Optional.empty();
    }

    /** Most numbers are a few digits; to see that needs no regular expression. */
    private static boolean isWhole(String sent) {
        int length = sent.length();
        if (length == 0 || sent.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = sent.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> written(Matcher number) {
        String whole = number.group(2);
        String fraction = number.group(3) == null ? "" : number.group(3);
        if (whole.isEmpty() && fraction.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of((number.group(1).equals("-") ? "-" : "")
                + withoutLeadingZeros(whole)
                + (fraction.isEmpty() ? "" : "." + fraction)
                + (number.group(4) == null ? "" : number.group(4)));
    }

    private static String withoutLeadingZeros(String digits) {
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        return first == digits.length() ? "0" : digits.substring(first);
    }
}
