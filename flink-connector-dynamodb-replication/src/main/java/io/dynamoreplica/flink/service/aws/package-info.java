/**
 * The ports over the AWS SDK for Java v2, with synchronous clients that share one pool of connections. For
 * the words, see docs/glossary.md.
 *
 * <p>This is the only package that uses the SDK. It configures credentials and endpoints, turns errors
 * into refusals, and returns items as views of the items that the SDK has decoded.
 */
package io.dynamoreplica.flink.service.aws;
