package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private final Map<LinkType, FilterSyntaxException> refusals;

    SliceReport(CopyReport copy, Optional<String> readWhole, Map<LinkType, FilterSyntaxException> refusals) {
        this.copy = copy;
        this.readWhole = readWhole;
        this.refusals = Collections.unmodifiableMap(new LinkedHashMap<>(refusals));
    }

    /** {@return its counts; of a file that was not read whole, they are of what was read} */
    public CopyReport copy() {
        return copy;
    }

    /** {@return why the file was read from its start to its end; empty if the window was found without} */
    public Optional<String> readWhole() {
        return readWhole;
    }

    /** {@return as {@link SelectionReport#refusals()}; empty without a filter} */
    public Map<LinkType, FilterSyntaxException> refusals() {
        return refusals;
    }

    @Override
    public String toString() {
        return copy + readWhole.map(why -> "; read whole: " + why).orElse("");
    }
}
