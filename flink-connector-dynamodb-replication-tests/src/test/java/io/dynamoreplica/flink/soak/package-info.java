/**
 * Soak tests: a job runs for a long time under steady writes, with failures and shards that come and go, to show
 * that no resource grows: {@code ./soak}. The run is too long for every build, but the rules of its evaluation are
 * tested in each. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.soak;
