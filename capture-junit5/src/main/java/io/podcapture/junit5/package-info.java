/** Captures the traffic of tests, and keeps it when they fail. */
@NullMarked
package io.podcapture.junit5;

import org.jspecify.annotations.NullMarked;
