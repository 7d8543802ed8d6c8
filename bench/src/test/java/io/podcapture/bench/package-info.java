/** Measures capture files beside the tools that others use for them. */
@NullMarked
package io.podcapture.bench;

import org.jspecify.annotations.NullMarked;
