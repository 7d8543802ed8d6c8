/** The capture session: what to capture, how it went, and the proof that nothing is missing. */
@NullMarked
package io.podcapture;

import org.jspecify.annotations.NullMarked;
