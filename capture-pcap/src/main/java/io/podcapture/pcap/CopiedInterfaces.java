package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The interfaces of an output, and which inputs have which link type. */
final class CopiedInterfaces {
    private static final int MOST_NAMED = 3;

    private final InterfaceMerging merging;
    private final List<InterfaceDescription> descriptions = new ArrayList<>();
    private final Map<ByteBuffer, Integer> byContent = new HashMap<>();
    private final Map<LinkType, List<String>> sources = new LinkedHashMap<>();

    CopiedInterfaces(InterfaceMerging merging) {
        this.merging = merging;
    }

    List<InterfaceDescription> descriptions() {
        return descriptions;
    }

    /** The index of one that it is to become one with; negative if there is none. */
    int equal(InterfaceDescription description) {
        return merging == InterfaceMerging.EQUAL ? byContent.getOrDefault(content(description), -1) : -1;
    }

    int add(InterfaceDescription description, String source) {
        int index = descriptions.size();
        descriptions.add(description);
        if (merging == InterfaceMerging.EQUAL) {
            byContent.putIfAbsent(content(description), index);
        }
        List<String> named = sources.get(description.linkType());
        if (named == null) {
            named = new ArrayList<>();
            sources.put(description.linkType(), named);
        }
        if (named.size() <= MOST_NAMED && !named.contains(source)) {
            named.add(source);
        }
        return index;
    }

    /** The link types, each with some of its sources. */
    String linkTypes() {
        return sources.entrySet().stream()
                .map(each -> each.getKey() + " of " + some(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String some(List<String> named) {
        return named.size() <= MOST_NAMED
                ? String.join(" and ", named)
                : String.join(" and ", named.subList(0, MOST_NAMED)) + " and others";
    }

    /** Each option and field, as they would be in a file. */
    private static ByteBuffer content(InterfaceDescription description) {
        return PcapngWriter.block(description).content();
    }
}
