package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a selection read and wrote.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class SelectionReport {
    private final CopyReport copy;
    private final Map<LinkType, FilterSyntaxException> refusals;

    SelectionReport(CopyReport copy, Map<LinkType, FilterSyntaxException> refusals) {
        this.copy = copy;
        this.refusals = Collections.unmodifiableMap(new LinkedHashMap<>(refusals));
    }

    /** {@return its counts; if a limit was set, what is behind the last packet written was not read} */
    public CopyReport copy() {
        return copy;
    }

    /**
     * {@return the link types of the file that the filter cannot be compiled for, each with the reason} None of their
     * packets matches. Empty if all have one, as in a file of one link type.
     */
    public Map<LinkType, FilterSyntaxException> refusals() {
        return refusals;
    }

    @Override
    public String toString() {
        return refusals.isEmpty() ? copy.toString() : copy + "; no filter for " + refusals.keySet();
    }
}
