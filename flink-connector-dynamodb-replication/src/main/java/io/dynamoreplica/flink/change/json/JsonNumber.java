/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conversion of a number to the grammar of JSON. DynamoDB writes all numbers in this grammar. DynamoDB
 * Local, and other servers with the same API, keep a number inside a map or list as the client wrote it:
 * {@code +5}, {@code 00042}, {@code .5}, {@code 5.}. Parsers of JSON do not accept these.
 *
 * <p>Only the form changes. All significant digits stay, and an exponent stays an exponent. A large exponent
 * is never expanded.
 */
final class JsonNumber {

    private static final Pattern JSON = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    /** Groups: sign, digits before the point, digits after the point, exponent. */
    private static final Pattern NUMBER = Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?([eE][+-]?[0-9]+)?");

    private JsonNumber() {}

    /**
     * Returns the same value in the grammar of JSON.
     *
     * @param sent the digits as the server sent them
     * @return {@code sent} itself if it follows the grammar; empty if it is not a number
     */
    static Optional<String> of(String sent) {
        if (isWhole(sent) || JSON.matcher(sent).matches()) {
            return Optional.of(sent);
        }
        Matcher number = NUMBER.matcher(sent);
        return number.matches() ? written(number) : Optional.empty();
    }

    /** Returns whether the text is a plain whole number. Most numbers are, so this saves a regular expression. */
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
        String sign = number.group(1).equals("-") ? "-" : "";
        String point = fraction.isEmpty() ? "" : ".";
        String exponent = number.group(4) == null ? "" : number.group(4);
        return Optional.of(sign + withoutLeadingZeros(whole) + point + fraction + exponent);
    }

    private static String withoutLeadingZeros(String digits) {
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        return first == digits.length() ? "0" : digits.substring(first);
    }
}
