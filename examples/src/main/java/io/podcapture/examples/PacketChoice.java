package io.podcapture.examples;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.filter.FilterSyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option of a command that can leave packets out by a capture filter, and what it says of a file. */
final class PacketChoice {
    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description = "Only packets that this matches, in the language of pcap-filter(7), in quotes.")
    private Optional<String> filter = Optional.empty();

    @Mixin
    private InnerPackets inner = new InnerPackets();

    Optional<String> filter() {
        return filter;
    }

    boolean inner() {
        if (inner.wanted() && filter.isEmpty()) {
            throw new IllegalArgumentException("--inner says what --filter looks at, which is not there");
        }
        return inner.wanted();
    }

    static List<String> notes(Path input, Map<LinkType, FilterSyntaxException> refusals) {
        List<String> notes = new ArrayList<>();
        for (Map.Entry<LinkType, FilterSyntaxException> refusal : refusals.entrySet()) {
            notes.add(input + ": of link type " + refusal.getKey() + " no packet matches: "
                    + refusal.getValue().getMessage());
        }
        return notes;
    }
}
