/** Holds the documentation to the code that it shows. */
package io.dynamoreplica.examples.docs;
