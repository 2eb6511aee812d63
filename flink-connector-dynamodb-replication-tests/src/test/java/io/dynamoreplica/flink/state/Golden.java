/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes that releases of the connector wrote, as lines of {@code name hexadecimal-bytes}. A file is written once,
 * when its version of a format is new, and kept as long as a savepoint of that version may exist.
 */
final class Golden {

    static Map<String, byte[]> read(String file) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            if (in == null) {
                throw new IOException("There is no golden file " + file);
            }
            Map<String, byte[]> bytes = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(line -> bytes.put(line[0], HexFormat.of().parseHex(line[1])));
            return bytes;
        }
    }

    /**
     * Prints the bytes of the samples in the newest formats, for the file of a new version.
     *
     * @param args {@code splits} or {@code enumerator}
     */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("splits")) {
            for (Map.Entry<String, ReplicationSplit> sample : Samples.splits().entrySet()) {
                print(sample.getKey(), new SplitSerializer().serialize(sample.getValue()));
            }
        } else {
            print("state", new EnumeratorStateSerializer().serialize(Samples.enumeratorState()));
        }
    }

    private static void print(String name, byte[] bytes) {
        System.out.println(name + " " + HexFormat.of().formatHex(bytes));
    }

    private Golden() {}
}
