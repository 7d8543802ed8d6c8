package io.podcapture.examples;

import io.podcapture.MethodChoice;
import io.podcapture.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the methods of each target by the word that was typed for it, but for those that auto must not take. */
final class TargetMethods {
    private static final List<String> NAMES = Stream.of(ClusterPlace.NAMES, MachinePlace.NAMES)
            .flatMap(List::stream)
            .toList();

    private final List<String> without;
    private final Set<String> ofAuto = new HashSet<>();

    TargetMethods(List<String> without) {
        this.without = without;
    }

    /**
     * Returns them.
     *
     * @param place of the target
     * @param word a method's name, or empty
     */
    MethodChoice of(Place place, Target target, String word) {
        if (word.isEmpty() || word.equals("auto")) {
            ofAuto.addAll(place.names());
            MethodChoice left = place.auto();
            for (String name : without) {
                left = left.without(name);
            }
            return left;
        }
        if (place.names().contains(word)) {
            return place.method(word);
        }
        throw new IllegalArgumentException(
                NAMES.contains(word)
                        ? "the method " + word + " does not capture " + target + "; for it there are auto, "
                                + String.join(", ", place.names())
                        : "there is no method \"" + word + "\"; there are auto, " + String.join(", ", NAMES));
    }

    /** Refuses a method left out that no target would have had: it would be noticed too late. */
    void requireUseOfAll() {
        for (String name : without) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "--without knows no method \"" + name + "\"; there are " + String.join(", ", NAMES));
            }
            if (!ofAuto.contains(name)) {
                throw new IllegalArgumentException(
                        "--without holds for auto, and no target is captured by one with the" + " method " + name);
            }
        }
    }
}
