package io.podcapture.testkit.wire;

/** A machine on which hosts are, with the clock that stamps their packets. */
record Node(String name, long aheadNanos) {}
