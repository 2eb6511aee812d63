/** The connector in a job of the DataStream API. */
package io.dynamoreplica.examples.datastream;
