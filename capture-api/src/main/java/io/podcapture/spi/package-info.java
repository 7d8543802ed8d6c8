/** For those who write a capture method of their own: how a session and a method work together. */
@NullMarked
package io.podcapture.spi;

import org.jspecify.annotations.NullMarked;
