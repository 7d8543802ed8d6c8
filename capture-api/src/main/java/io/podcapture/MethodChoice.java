package io.podcapture;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.TargetResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An ordered list of methods, of which each capture point takes the first that works. Immutable.
 *
 * @since 0.1
 */
public final class MethodChoice {
    private final List<CaptureMethod> methods;

    private MethodChoice(List<CaptureMethod> methods) {
        this.methods = List.copyOf(methods);
    }

    /**
     * Makes a choice of the methods in this order.
     *
     * @throws IllegalArgumentException if there is none, or if their resolvers differ: all must see the same points
     */
    public static MethodChoice inOrder(CaptureMethod... methods) {
        if (methods.length == 0) {
            throw new IllegalArgumentException("a choice needs at least one method");
        }
        TargetResolver first = methods[0].resolver();
        for (CaptureMethod method : methods) {
            if (!method.resolver().equals(first)) {
                throw new IllegalArgumentException("methods " + methods[0].name() + " and " + method.name()
                        + " resolve targets differently; give each target a choice of its own");
            }
        }
        return new MethodChoice(List.of(methods));
    }

    /** Returns the choice without the method of that name. */
    public MethodChoice without(String name) {
        return kept(method -> !method.name().equals(name));
    }

    /** Returns the choice with the method of that name tried first. */
    public MethodChoice preferring(String name) {
        List<CaptureMethod> ordered = new ArrayList<>(methods);
        ordered.removeIf(method -> !method.name().equals(name));
        methods.stream().filter(method -> !method.name().equals(name)).forEach(ordered::add);
        return new MethodChoice(ordered);
    }

    /** Returns the methods in the order in which they are tried. */
    public List<CaptureMethod> methods() {
        return methods;
    }

    TargetResolver resolver() {
        return methods.get(0).resolver();
    }

    private MethodChoice kept(Predicate<CaptureMethod> predicate) {
        List<CaptureMethod> kept = methods.stream().filter(predicate).toList();
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("no method is left of " + this);
        }
        return new MethodChoice(kept);
    }

    @Override
    public String toString() {
        return methods.stream().map(CaptureMethod::name).collect(Collectors.joining(", then "));
    }
}
