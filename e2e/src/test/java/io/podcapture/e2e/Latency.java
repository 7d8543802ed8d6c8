package io.podcapture.e2e;

import java.util.OptionalLong;

/**
 * How long one capture took. In milliseconds; what cannot be told of a way is empty.
 *
 * @param ready from the start until it was proven that every packet is seen
 * @param withoutHelper the same, less the time in which helpers came about: what it takes where the helper runs already
 * @param first from the start to the time stamp of the first packet captured
 * @param stop from the stop to the result
 */
record Latency(OptionalLong ready, OptionalLong withoutHelper, OptionalLong first, OptionalLong stop) {}
