package io.podcapture.examples;

import io.podcapture.MethodChoice;
import io.podcapture.Target;
import java.util.List;
import java.util.Optional;

/** Where targets are, and the methods by which they are captured there. What was typed wrong is an IllegalArgumentException. */
interface Place {
    /** Returns the target that was typed; empty if it is not of this place. */
    Optional<Target> target(NamedTargets.Named typed);

    /** Returns the names of the methods. */
    List<String> names();

    /** Returns the methods that are tried where none is named. */
    MethodChoice auto();

    /** Returns the method of one of the names. */
    MethodChoice method(String name);
}
