package io.podcapture.pcap;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a routing read, and wrote to each output.
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 0.1
 */
public final class RoutingReport {
    private final List<SelectionReport> outputs;
    private final Optional<CopyReport> rest;

    /** The rest's stands last. */
    RoutingReport(List<SelectionReport> all, boolean withRest) {
        int filtered = withRest ? all.size() - 1 : all.size();
        outputs = List.copyOf(all.subList(0, filtered));
        rest = withRest ? Optional.of(all.get(filtered).copy()) : Optional.empty();
    }

    /** {@return one report per filter, in their order; all have the same counts of what was read} */
    public List<SelectionReport> outputs() {
        return outputs;
    }

    /** {@return of the packets that no filter matched, if there was an output for them} */
    public Optional<CopyReport> rest() {
        return rest;
    }

    @Override
    public String toString() {
        return outputs.stream().map(SelectionReport::toString).collect(Collectors.joining("; "))
                + rest.map(report -> "; the rest: " + report).orElse("");
    }
}
