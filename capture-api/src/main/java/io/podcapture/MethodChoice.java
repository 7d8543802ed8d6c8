package io.podcapture;

import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.MethodProvider;
import io.podcapture.spi.TargetResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
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

    /**
     * Makes the choice that a {@linkplain MethodProvider provider} on the class path knows by this name.
     *
     * @param name for instance {@code exec}, or {@code auto} for what suits best
     * @param settings what the provider is told, by name; may be empty
     * @throws IllegalArgumentException if no provider has this name, or two have it, or it does not know a setting
     * @throws CaptureException if the choice cannot be made here
     */
    public static MethodChoice named(String name, Map<String, String> settings) {
        List<MethodProvider> providers = ServiceLoader.load(MethodProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        List<MethodProvider> found = providers.stream()
                .filter(provider -> provider.name().equals(name))
                .toList();
        if (found.size() != 1) {
            String known = providers.isEmpty()
                    ? "none is on the class path; capture-fabric8 has those for Kubernetes, capture-local those for"
                            + " containers and processes of a machine"
                    : providers.stream().map(MethodProvider::name).sorted().collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    (found.isEmpty() ? "no method is called " : found.size() + " methods are called ") + "\"" + name
                            + "\"; known: " + known);
        }
        return found.get(0).create(Map.copyOf(settings));
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
