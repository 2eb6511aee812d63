/**
 * Replication in SQL: {@code 'connector' = 'dynamodb-replication'}.
 *
 * <p>The factory reads and checks a declaration, the source takes what the planner pushes into it,
 * and converters turn an item, in one walk, into Flink's internal row. Nothing here knows how an
 * item is decoded or how a table is read.
 *
 * <pre>
 *   CREATE TABLE ──factory──▶ DeclaredTable, checked ──▶ table source ──planner──▶ columns, metadata
 *                                                                                        │
 *   ChangeEvent ──RowDataDeserializationSchema──▶ RowConverter ──AttributeConverter──▶ RowData
 * </pre>
 */
package io.dynamoreplica.flink.table;
