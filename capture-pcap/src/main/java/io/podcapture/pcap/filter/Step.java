package io.podcapture.pcap.filter;

import io.podcapture.pcap.filter.Value.Merged;

/** What a block does before it leaves. The first three reject the packet if what they need is not so. */
sealed interface Step {
    /** So many octets of the packet are captured. */
    record NeedsCaptured(int octets) implements Step {}

    /** The sum of both, of more than 32 bits, is at most the captured length. */
    record NeedsCapturedTo(Value index, int end) implements Step {}

    record NeedsNonZero(Value divisor) implements Step {}

    record Compute(Value value) implements Step {}

    /** Gives a value where ways meet what it is on this way. */
    record Give(Merged merged, Value value) implements Step {}

    /** {@return whether the step may reject the packet} */
    default boolean needs() {
        return !(this instanceof Compute || this instanceof Give);
    }
}
