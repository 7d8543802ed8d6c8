/** For people who write a capture method, or test without a network: a fake method, and the suite that every method passes. */
@NullMarked
package io.podcapture.testkit;

import org.jspecify.annotations.NullMarked;
