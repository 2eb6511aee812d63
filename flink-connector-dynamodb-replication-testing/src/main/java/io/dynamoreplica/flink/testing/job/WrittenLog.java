/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.io.StringWriter;
import java.util.List;
import java.util.UUID;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * A recording of a logger's output while this object is open: level and message of each line. Jobs
 * run in the JVM of the test, so lines of their enumerators are recorded, too.
 */
public final class WrittenLog implements AutoCloseable {

    private final StringWriter written = new StringWriter();
    private final Logger logger;
    private final WriterAppender appender;
    private final Level before;

    private WrittenLog(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
        this.appender = WriterAppender.createAppender(
                PatternLayout.newBuilder().withPattern("%p %m%n").build(),
                null,
                written,
                UUID.randomUUID().toString(),
                false,
                false);
    }

    /**
     * Begins to record a logger.
     *
     * @param name of a logger, as an operator configures it
     */
    public static WrittenLog of(String name) {
        Configurator.setLevel(name, Level.INFO);
        WrittenLog log = new WrittenLog((Logger) LogManager.getLogger(name));
        log.appender.start();
        log.logger.addAppender(log.appender);
        return log;
    }

    public List<String> lines() {
        return written.toString().lines().toList();
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
        appender.stop();
        Configurator.setLevel(logger.getName(), before);
    }
}
