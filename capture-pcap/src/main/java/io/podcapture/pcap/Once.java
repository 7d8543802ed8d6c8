package io.podcapture.pcap;

import org.jspecify.annotations.Nullable;

/** A builder's property that may be set one time: a silent override would describe the wrong interface. */
final class Once {
    private Once() {}

    static <T> T set(String property, @Nullable T before, T now) {
        if (before != null) {
            throw new IllegalStateException(property + " is already set to " + before + ", not set to " + now);
        }
        return now;
    }
}
