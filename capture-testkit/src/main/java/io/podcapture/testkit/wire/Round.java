package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;

/**
 * A request and its answer, either of which may be empty.
 *
 * @param after nanoseconds from the request's arrival to the answer
 */
record Round(ByteBuffer request, ByteBuffer answer, long after) {}
