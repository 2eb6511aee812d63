/**
 * The SQL connector: {@code 'connector' = 'dynamodb-replication'}.
 *
 * <p>The factory reads and checks a declaration. The table source accepts what the planner pushes down.
 * Converters turn an item into Flink's internal row in one walk. The package does not know how an item
 * is decoded or how a table is read. For the words, see docs/glossary.md.
 *
 * <pre>
 *   CREATE TABLE ──factory──▶ DeclaredTable, checked ──▶ table source ──planner──▶ columns, metadata
 *                                                                                        │
 *   ChangeEvent ──RowDataDeserializationSchema──▶ RowConverter ──AttributeConverter──▶ RowData
 * </pre>
 */
package io.dynamoreplica.flink.table;
