package io.podcapture.local;

import io.podcapture.MethodChoice;
import io.podcapture.spi.MethodProvider;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The methods by their names.
 *
 * <p>Settings of {@code docker}: {@code image}, that of helper containers, and {@code engine}, the command that speaks to the
 * container engine. {@code netns} and {@code local} have none.
 */
abstract sealed class LocalProviders implements MethodProvider {
    private final String name;
    private final Set<String> known;
    private final Function<LocalMethods.Builder, MethodChoice> choice;

    LocalProviders(String name, Set<String> known, Function<LocalMethods.Builder, MethodChoice> choice) {
        this.name = name;
        this.known = known;
        this.choice = choice;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MethodChoice create(Map<String, String> settings) {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the method " + name + " has no setting " + String.join(", ", unknown)
                    + (known.isEmpty() ? "" : "; it has " + String.join(", ", new TreeSet<>(known))));
        }
        LocalMethods.Builder methods = LocalMethods.builder();
        if (settings.containsKey("image")) {
            methods.image(settings.get("image"));
        }
        if (settings.containsKey("engine")) {
            methods.engine(settings.get("engine"));
        }
        return choice.apply(methods);
    }

    /** {@code docker}. */
    public static final class Docker extends LocalProviders {
        /** For the service loader. */
        public Docker() {
            super("docker", Set.of("image", "engine"), LocalMethods.Builder::docker);
        }
    }

    /** {@code netns}. */
    public static final class Netns extends LocalProviders {
        /** For the service loader. */
        public Netns() {
            super("netns", Set.of(), LocalMethods.Builder::netns);
        }
    }

    /** {@code local}. */
    public static final class Local extends LocalProviders {
        /** For the service loader. */
        public Local() {
            super("local", Set.of(), LocalMethods.Builder::local);
        }
    }
}
