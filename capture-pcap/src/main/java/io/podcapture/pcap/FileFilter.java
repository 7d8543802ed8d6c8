package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter of an operation on the packets of one file, if there is one: without, all packets match. */
final class FileFilter {
    private final @Nullable InterfaceFilters filters;
    private final RecordReader file;

    FileFilter(SelectionCriteria criteria, PacketCursor cursor) throws FilterSyntaxException {
        filters = criteria.filters();
        file = cursor.reader();
        if (filters != null) {
            filters.meet(file);
            filters.checkEarly();
        }
    }

    boolean matches(RecordReader packet) {
        return filters == null || filters.matches(packet);
    }

    /** At the file's end: throws why the filter is wrong, if it is for each interface. */
    void check() throws FilterSyntaxException {
        if (filters != null) {
            filters.meet(file);
            filters.check();
        }
    }

    /** The link types of which no packet could match, each with the reason. */
    Map<LinkType, FilterSyntaxException> refusals() {
        return filters == null ? Map.of() : filters.refusals();
    }
}
