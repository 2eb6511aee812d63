/**
 * A job that runs for long under steady writes, with shards that come and go and failures, to show
 * that nothing grows: {@code ./soak}. Too long for every build; the rules by which it judges are
 * tested in each.
 */
package io.dynamoreplica.flink.soak;
