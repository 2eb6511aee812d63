/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import java.math.BigInteger;

/**
 * The sequence numbers of an account. They grow in steps larger than one. They begin with 21 digits
 * and soon have 22, so that code that compares them as text fails. Guarded by the account's lock.
 */
final class SequenceNumbers {

    private static final BigInteger STEP = BigInteger.valueOf(17);

    private BigInteger last = BigInteger.TEN.pow(21).subtract(BigInteger.valueOf(500));

    String next() {
        last = last.add(STEP);
        return last.toString();
    }
}
