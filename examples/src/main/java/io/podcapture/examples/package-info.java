/** The command line: a small program on the library, and how people try it. */
@NullMarked
package io.podcapture.examples;

import org.jspecify.annotations.NullMarked;
