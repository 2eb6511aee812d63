/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.config.AwsConfig;
import io.dynamoreplica.flink.config.AwsCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/**
 * A source of credentials with its STS clients and refreshers. It fails with an exception of its own, so
 * that missing credentials can be distinguished from a failed call.
 */
final class OpenedCredentials implements AwsCredentialsProvider, AutoCloseable {

    /** Roles are refreshed by one thread at a time. */
    private static final int STS_CONNECTIONS = 2;

    private final AwsConfig config;

    /** The resources to close, last opened first: a role before the credentials that assume it. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private AwsCredentialsProvider provider;

    private OpenedCredentials(AwsConfig config) {
        this.config = config;
    }

    /** Makes no call to AWS. */
    static OpenedCredentials open(AwsConfig config) {
        OpenedCredentials credentials = new OpenedCredentials(config);
        try {
            credentials.provider = credentials.provider(config.credentials());
            return credentials;
        } catch (RuntimeException e) {
            credentials.close();
            throw e;
        }
    }

    @Override
    public software.amazon.awssdk.auth.credentials.AwsCredentials resolveCredentials() {
        try {
            return provider.resolveCredentials();
        } catch (SdkException | IllegalStateException | IllegalArgumentException e) {
            throw new CredentialsUnavailableException(e);
        }
    }

    private AwsCredentialsProvider provider(AwsCredentials source) {
        if (source instanceof AwsCredentials.Basic basic) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(basic.accessKeyId(), basic.secretKey()));
        } else if (source instanceof AwsCredentials.EnvironmentVariables) {
            return EnvironmentVariableCredentialsProvider.create();
        } else if (source instanceof AwsCredentials.SystemProperties) {
            return SystemPropertyCredentialsProvider.create();
        } else if (source instanceof AwsCredentials.Profile profile) {
            return closedLater(profile(profile));
        } else if (source instanceof AwsCredentials.AssumedRole role) {
            return closedLater(assumed(role));
        } else if (source instanceof AwsCredentials.WebIdentity identity) {
            return closedLater(byToken(identity));
        } else if (source instanceof AwsCredentials.Auto) {
            return closedLater(DefaultCredentialsProvider.builder().build());
        }
        throw new IllegalArgumentException("No rule opens credentials of %s".formatted(source.getClass()));
    }

    private static ProfileCredentialsProvider profile(AwsCredentials.Profile profile) {
        ProfileCredentialsProvider.Builder builder = ProfileCredentialsProvider.builder();
        profile.name().ifPresent(builder::profileName);
        profile.path().map(Path::of).ifPresent(path -> builder.profileFile(() -> credentialsFile(path)));
        return builder.build();
    }

    private static ProfileFile credentialsFile(Path path) {
        return ProfileFile.builder()
                .content(path)
                .type(ProfileFile.Type.CREDENTIALS)
                .build();
    }

    private StsAssumeRoleCredentialsProvider assumed(AwsCredentials.AssumedRole role) {
        StsClient sts = sts(provider(role.source()), role.stsEndpoint());
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(role.arn())
                        .roleSessionName(role.sessionName())
                        .externalId(role.externalId().orElse(null)))
                .build();
    }

    /** Opens a web identity. Its calls of STS have a token instead of a signature. */
    private StsWebIdentityTokenFileCredentialsProvider byToken(AwsCredentials.WebIdentity identity) {
        StsWebIdentityTokenFileCredentialsProvider.Builder builder =
                StsWebIdentityTokenFileCredentialsProvider.builder()
                        .stsClient(sts(AnonymousCredentialsProvider.create(), Optional.empty()));
        identity.roleArn().ifPresent(builder::roleArn);
        identity.sessionName().ifPresent(builder::roleSessionName);
        identity.tokenFile().map(Path::of).ifPresent(builder::webIdentityTokenFile);
        return builder.build();
    }

    private StsClient sts(AwsCredentialsProvider caller, Optional<URI> endpoint) {
        return closedLater(AwsClients.prepare(StsClient.builder(), config, endpoint)
                .credentialsProvider(caller)
                .httpClientBuilder(AwsClients.connections(config.requestTimeout(), STS_CONNECTIONS))
                .build());
    }

    private <T extends AutoCloseable> T closedLater(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A source of credentials did not close: %s".formatted(e));
            }
        }
    }
}
