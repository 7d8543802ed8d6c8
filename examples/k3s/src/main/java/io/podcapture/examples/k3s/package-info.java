/** A cluster of a test's own: k3s in Docker, by Testcontainers. */
@NullMarked
package io.podcapture.examples.k3s;

import org.jspecify.annotations.NullMarked;
