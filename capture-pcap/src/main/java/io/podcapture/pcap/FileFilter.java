package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter of an operation on the packets of one file, if there is one: without, all packets match. */
final class FileFilter {
    private final @Nullable InterfaceFilters filters;

    FileFilter(SelectionCriteria criteria) {
        filters = criteria.filters();
    }

    /** Of a file that is open: refused before a packet is read where that can be told. */
    static FileFilter of(SelectionCriteria criteria, PacketCursor cursor) throws FilterSyntaxException {
        FileFilter filter = new FileFilter(criteria);
        filter.meet(cursor.reader());
        filter.checkEarly();
        return filter;
    }

    /** Makes programs for the interfaces that the file has described since the last time. */
    void meet(RecordReader file) {
        if (filters != null) {
            filters.meet(file);
        }
    }

    boolean matches(RecordReader packet) {
        return filters == null || filters.matches(packet);
    }

    /** The program for the interface of the packet; null if there is none. */
    @Nullable
    PacketFilter on(RecordReader packet) {
        return filters == null ? null : filters.on(packet);
    }

    /** Whether it fits an interface met so far. */
    boolean fits() {
        return filters == null || filters.fits();
    }

    void checkEarly() throws FilterSyntaxException {
        if (filters != null) {
            filters.checkEarly();
        }
    }

    /** Throws why the filter is wrong, if it is for each interface met. */
    void check() throws FilterSyntaxException {
        if (filters != null) {
            filters.check();
        }
    }

    /** At the file's end, where all interfaces are known. */
    void checkAtEnd(RecordReader file) throws FilterSyntaxException {
        meet(file);
        check();
    }

    /** The link types of which no packet could match, each with the reason. */
    Map<LinkType, FilterSyntaxException> refusals() {
        return filters == null ? Map.of() : filters.refusals();
    }
}
