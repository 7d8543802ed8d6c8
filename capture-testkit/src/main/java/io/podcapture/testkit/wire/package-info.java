/**
 * A deterministic wire: hosts in memory that exchange packets by a script, in virtual time, and what each of their
 * interfaces saw of it.
 */
@NullMarked
package io.podcapture.testkit.wire;

import org.jspecify.annotations.NullMarked;
