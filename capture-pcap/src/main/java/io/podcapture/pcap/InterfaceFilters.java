package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.NameResolver;
import io.podcapture.pcap.filter.PacketFilter;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One filter on the interfaces of a file, each with a program for its own link type, made when its first packet comes.
 *
 * <p>Where it cannot be compiled for a link type, nor for what its packets carry if that counts, no packet of that matches;
 * only if that is so of all is the filter wrong.
 */
final class InterfaceFilters {
    private static final List<LinkType> MOSTLY =
            List.of(LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2);

    private final String expression;
    private final @Nullable NameResolver names;
    private final boolean inner;
    private @Nullable PacketFilter[] filters = new PacketFilter[1];
    private int known;
    private boolean accepted;

    /** The link types that the filter cannot be compiled for. */
    private final Map<LinkType, FilterSyntaxException> refusals = new LinkedHashMap<>();

    /** @param inner whether what packets carry is filtered too */
    InterfaceFilters(String expression, @Nullable NameResolver names, boolean inner) {
        this.expression = expression;
        this.names = names;
        this.inner = inner;
    }

    /** Nothing is allocated but for an interface that was not there before. */
    boolean matches(RecordReader packet) {
        int index = packet.interfaceIndex;
        if (index >= known) {
            meet(packet);
        }
        PacketFilter filter = filters[index];
        return filter != null
                && filter.matches(
                        packet.input.view(packet.dataPosition, packet.capturedLength),
                        packet.dataPosition,
                        packet.capturedLength,
                        packet.originalLength);
    }

    /** Makes programs for the interfaces that the file has described since the last time. */
    void meet(RecordReader file) {
        while (known < file.interfaces.size()) {
            if (known == filters.length) {
                filters = Arrays.copyOf(filters, 2 * known);
            }
            filters[known] = compiled(file.interfaces.get(known).linkType(), file.input.order());
            known++;
        }
    }

    private @Nullable PacketFilter compiled(LinkType type, ByteOrder order) {
        for (int i = 0; i < known; i++) {
            PacketFilter like = filters[i];
            if (like != null && like.linkType().equals(type) && !type.equals(LinkType.NULL)) {
                return like;
            }
        }
        if (refusals.containsKey(type)) {
            return null;
        }
        try {
            PacketFilter filter = inner ? inner(type, order) : plain(type, order);
            accepted = true;
            return filter;
        } catch (FilterSyntaxException e) {
            refusals.put(type, e);
            return null;
        }
    }

    private PacketFilter plain(LinkType type, ByteOrder order) throws FilterSyntaxException {
        return names == null
                ? PacketFilter.compile(expression, type, 0, order)
                : PacketFilter.compile(expression, type, 0, order, names);
    }

    private PacketFilter inner(LinkType type, ByteOrder order) throws FilterSyntaxException {
        return names == null
                ? PacketFilter.compileInner(expression, type, order)
                : PacketFilter.compileInner(expression, type, order, names);
    }

    /** The link types of which no packet could match, each with the reason. */
    Map<LinkType, FilterSyntaxException> refusals() {
        return refusals;
    }

    /** Whether the filter could be compiled for an interface met. */
    boolean fits() {
        return accepted;
    }

    /**
     * Throws why the filter is wrong, if it is for each interface met and for what files mostly have: further interfaces may
     * come, also of pcap files glued together.
     */
    void checkEarly() throws FilterSyntaxException {
        if (known > 0 && !accepted && MOSTLY.stream().noneMatch(this::compiles)) {
            check();
        }
    }

    private boolean compiles(LinkType type) {
        try {
            PacketFilter.compile(expression, type, 0, ByteOrder.BIG_ENDIAN, names == null ? name -> List.of() : names);
            return true;
        } catch (FilterSyntaxException e) {
            return false;
        }
    }

    /** Throws why the filter is wrong, if it is for each interface met; of a file without any, if it is for Ethernet. */
    void check() throws FilterSyntaxException {
        if (known == 0) {
            compiled(LinkType.ETHERNET, ByteOrder.BIG_ENDIAN);
        }
        if (!accepted) {
            throw refusals.values().iterator().next();
        }
    }
}
