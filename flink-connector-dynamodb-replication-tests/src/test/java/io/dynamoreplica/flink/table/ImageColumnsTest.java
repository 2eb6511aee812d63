/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.json.JsonItem;
import io.dynamoreplica.flink.projection.DocumentPath;
import io.dynamoreplica.flink.projection.PathParser;
import io.dynamoreplica.flink.projection.Projection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The columns that are read from an image after it was cut to what they need. */
class ImageColumnsTest {

    private static final M ADDRESS = new M(Map.of("city", new S("Bonn"), "zip", new S("1")));
    private static final MapItem ORDER = MapItem.of(Map.of(
            "id", new S("a"),
            "city", new S("not this one"),
            "address", ADDRESS,
            "tags", new L(List.of(new S("t0"), new S("t1"), new S("t2"))),
            "lines", new L(List.of(new N("0"), new M(Map.of("n", new N("7")))))));

    @Test
    void anImageWithoutPathsIsLeftAlone() {
        assertThat(ImageColumns.of(List.of("id", "city"), ColumnPaths.NONE).of(ORDER))
                .isSameAs(ORDER);
    }

    @Test
    void columnsAreFoundUnderTheirNames() {
        assertThat(columns("id=id", "city=address.city", "tag=tags[1]", "n=lines[1].n"))
                .isEqualTo(Map.of(
                        "id", new S("a"),
                        "city", new S("Bonn"),
                        "tag", new S("t1"),
                        "n", new N("7")));
    }

    @Test
    void severalColumnsMayBeReadFromOneAttribute() {
        assertThat(columns("address=address", "city=address.city", "town=address.city"))
                .isEqualTo(Map.of("address", ADDRESS, "city", new S("Bonn"), "town", new S("Bonn")));
    }

    @Test
    void elementsOfOneListDoNotTakeEachOthersPlace() {
        assertThat(columns("last=tags[2]", "first=tags[0]", "none=tags[3]"))
                .isEqualTo(Map.of("last", new S("t2"), "first", new S("t0")));
        assertThat(columns("x=lines[0].n", "n=lines[1].n")).isEqualTo(Map.of("n", new N("7")));
    }

    @Test
    void whatIsNotThereIsNoColumn() {
        assertThat(columns("a=address.street", "b=address[0]", "c=gone.x", "d=lines[1].n.x"))
                .isEmpty();
        assertThat(columns("city=gone")).isEmpty();
    }

    @Test
    void anAttributeThatHoldsNoColumnDoesNotEndTheWalk() {
        Map<String, AttributeValue> inOrder = new LinkedHashMap<>();
        inOrder.put("address", new S("no map"));
        inOrder.put("note", new S("x"));
        ImageColumns columns =
                ImageColumns.of(List.of("city", "note"), new ColumnPaths(Map.of("city", path("address.city"))));

        assertThat(columns.of(MapItem.of(inOrder)).materialise())
                .isEqualTo(item("note", "x").build().materialise());
    }

    /** Cuts an image to the projection of the source, then reads the columns. */
    private static Map<String, AttributeValue> columns(String... declared) {
        Map<String, DocumentPath> byColumn = new LinkedHashMap<>();
        for (String column : declared) {
            String[] parts = column.split("=");
            byColumn.put(parts[0], path(parts[1]));
        }
        ColumnPaths paths = new ColumnPaths(byColumn);
        List<String> names = List.copyOf(byColumn.keySet());
        Projection projection = Projection.covering(byColumn.values(), List.of());
        Item cut = JsonItem.of(projection.of(ORDER));

        Map<String, AttributeValue> ofCut =
                ImageColumns.of(names, paths.in(projection)).of(cut).materialise();
        assertThat(ImageColumns.of(names, paths).of(JsonItem.of(ORDER)).materialise())
                .as("of the whole item")
                .isEqualTo(ofCut);
        return ofCut;
    }

    private static DocumentPath path(String text) {
        return new PathParser(Map.of()).path(text);
    }
}
