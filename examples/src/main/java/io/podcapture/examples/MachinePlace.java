package io.podcapture.examples;

import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.local.LocalMethods;
import java.util.List;
import java.util.Optional;

/** This machine, and the container engine that its command speaks to. */
final class MachinePlace implements Place {
    static final List<String> NAMES = List.of("docker", "netns", "local");

    // An interface is no target of its own: the target is the machine, of which this interface is captured.
    private static final String LOCAL = "local";

    private final LocalMethods.Builder methods = LocalMethods.builder();

    MachinePlace(Optional<String> image, Optional<String> engine) {
        image.ifPresent(methods::image);
        engine.ifPresent(methods::engine);
    }

    @Override
    public Optional<Target> target(NamedTargets.Named typed) {
        if (typed.labels()) {
            return Optional.empty();
        }
        String text = spelled(typed);
        if (isInterface(text)) {
            return Optional.of(Targets.localMachine());
        }
        Target target = Target.parse(text, "");
        boolean ours =
                auto().methods().stream().anyMatch(method -> method.resolver().understands(target));
        return ours ? Optional.of(target) : Optional.empty();
    }

    /** Returns the one interface that the typed words ask for; empty if they ask for none. */
    Optional<String> interfaceOf(NamedTargets.Named typed) {
        String text = spelled(typed);
        return typed.labels() || !isInterface(text)
                ? Optional.empty()
                : Optional.of(text.substring(LOCAL.length() + 1));
    }

    private static String spelled(NamedTargets.Named typed) {
        // A name without a kind is of the method's own: it cannot be a pod.
        boolean bare = typed.text().indexOf('/') < 0 && NAMES.contains(typed.method());
        return bare ? typed.method() + "/" + typed.text() : typed.text();
    }

    private static boolean isInterface(String text) {
        if (text.equals(LOCAL + "/") || text.startsWith(LOCAL + "//")) {
            throw new IllegalArgumentException("cannot read target \"" + text
                    + "\": write local/INTERFACE of this machine, as in local/eth0 or local/any");
        }
        return text.startsWith(LOCAL + "/");
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public MethodChoice auto() {
        return methods.auto();
    }

    @Override
    public MethodChoice method(String name) {
        return switch (name) {
            case "docker" -> methods.docker();
            case "netns" -> methods.netns();
            case LOCAL -> methods.local();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
