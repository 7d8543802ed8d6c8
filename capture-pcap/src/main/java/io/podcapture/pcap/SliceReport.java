package io.podcapture.pcap;

import java.util.Optional;

/**
 * What a slice read and wrote.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class SliceReport {
    private final CopyReport copy;
    private final Optional<String> readWhole;

    SliceReport(CopyReport copy, Optional<String> readWhole) {
        this.copy = copy;
        this.readWhole = readWhole;
    }

    /** {@return its counts; of a file that was not read whole, they are of what was read} */
    public CopyReport copy() {
        return copy;
    }

    /** {@return why the file was read from its start to its end; empty if the window was found without} */
    public Optional<String> readWhole() {
        return readWhole;
    }

    @Override
    public String toString() {
        return copy + readWhole.map(why -> "; read whole: " + why).orElse("");
    }
}
