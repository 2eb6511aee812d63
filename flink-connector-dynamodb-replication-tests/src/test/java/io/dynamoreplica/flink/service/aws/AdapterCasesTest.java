/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.SealedCases;
import io.dynamoreplica.flink.config.AwsConfig;
import io.dynamoreplica.flink.config.AwsCredentials;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the rules of the adapter leave out no case of a sealed type. */
class AdapterCasesTest {

    static List<AwsCredentials> credentials() {
        AwsCredentials basic = new AwsCredentials.Basic("key", "secret");
        return SealedCases.of(
                AwsCredentials.class,
                basic,
                new AwsCredentials.Auto(),
                new AwsCredentials.EnvironmentVariables(),
                new AwsCredentials.SystemProperties(),
                new AwsCredentials.Profile(Optional.of("a profile"), Optional.empty()),
                new AwsCredentials.AssumedRole("arn:role", "session", Optional.empty(), Optional.empty(), basic),
                new AwsCredentials.WebIdentity(
                        Optional.of("arn:role"), Optional.of("session"), Optional.of("/no/token")));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void everySourceOfCredentialsIsOpened(AwsCredentials credentials) {
        AwsConfig config = new AwsConfig(
                Optional.of("eu-west-1"), Optional.empty(), Optional.empty(), Duration.ofSeconds(1), credentials);

        assertThatCode(() -> OpenedCredentials.open(config).close()).doesNotThrowAnyException();
    }

    static List<ShardPosition> positions() {
        return SealedCases.of(
                ShardPosition.class,
                ShardPosition.BEGINNING,
                ShardPosition.OLDEST_KEPT,
                new ShardPosition.After("1"),
                ShardPosition.END);
    }

    @ParameterizedTest
    @MethodSource("positions")
    void everyPositionButTheEndHasAnIterator(ShardPosition position) {
        ShardKey shard = new ShardKey("orders", "arn:stream", "shard-1");
        if (position instanceof ShardPosition.End) {
            assertThatThrownBy(() -> SdkRequests.shardIterator(shard, position)).hasMessageContaining("its end");
        } else {
            assertThat(SdkRequests.shardIterator(shard, position).shardIteratorTypeAsString())
                    .isNotEmpty();
        }
    }
}
