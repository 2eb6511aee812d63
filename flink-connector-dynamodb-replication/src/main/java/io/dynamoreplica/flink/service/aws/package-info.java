/**
 * The ports over the AWS SDK for Java v2, synchronous clients, one pool of connections per service.
 *
 * <p>The only package that knows the SDK: credentials and endpoints on the way in, errors turned
 * into refusals and decoded items on the way out. Items are views over what the SDK has decoded.
 */
package io.dynamoreplica.flink.service.aws;
