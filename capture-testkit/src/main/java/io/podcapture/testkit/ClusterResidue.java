package io.podcapture.testkit;

import io.podcapture.testkit.cluster.SimulatedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The objects, running containers and commands of a simulated cluster. */
final class ClusterResidue implements Residue {
    private final Supplier<SimulatedCluster> named;
    private Optional<SimulatedCluster> cluster = Optional.empty();
    private List<String> before = List.of();

    ClusterResidue(Supplier<SimulatedCluster> named) {
        this.named = named;
    }

    @Override
    public void look() {
        SimulatedCluster there = named.get();
        cluster = Optional.of(there);
        before = things(there).map(ClusterResidue::unnumbered).toList();
    }

    @Override
    public List<String> left() {
        List<String> unmatched = new ArrayList<>(before);
        return cluster.stream()
                .flatMap(ClusterResidue::things)
                .filter(thing -> !unmatched.remove(unnumbered(thing)))
                .toList();
    }

    private static Stream<String> things(SimulatedCluster cluster) {
        return Stream.concat(
                cluster.inventory().stream(), cluster.commands().stream().map(command -> "command " + command));
    }

    // A pod of a workload that was replaced has another number: what matters is that there is one.
    private static String unnumbered(String thing) {
        return thing.replaceFirst("-\\d+$", "-n");
    }
}
