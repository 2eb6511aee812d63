/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.HttpStub;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A JUnit extension with the adapter over a scripted HTTP endpoint. It closes both after each test. */
final class StubbedService implements AfterEachCallback {

    private final HttpStub stub = HttpStub.start();
    private final DynamoDbService service =
            new AwsDynamoDbServiceFactory().open(Configs.reaching(DynamoDbLocalExtension.awsOptions(stub.endpoint())));

    HttpStub stub() {
        return stub;
    }

    DynamoDbService service() {
        return service;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        service.close();
        stub.close();
    }
}
