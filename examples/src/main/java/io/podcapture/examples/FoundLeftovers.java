package io.podcapture.examples;

import io.podcapture.Leftover;
import io.podcapture.fabric8.Leftovers;
import io.podcapture.local.ContainerLeftovers;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was found in one cluster or at one engine.
 *
 * @param removal removes it and returns what stays
 */
record FoundLeftovers(List<Leftover> all, Supplier<List<Leftover>> removal) {
    static FoundLeftovers of(Leftovers cluster) {
        return new FoundLeftovers(cluster.all(), cluster::remove);
    }

    static FoundLeftovers of(ContainerLeftovers engine) {
        return new FoundLeftovers(engine.all(), engine::remove);
    }
}
