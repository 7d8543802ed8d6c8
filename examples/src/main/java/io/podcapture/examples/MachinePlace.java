package io.podcapture.examples;

import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.local.LocalMethods;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This machine, and the container engine that its command speaks to. */
final class MachinePlace implements Place {
    static final List<String> NAMES = List.of("docker", "netns");

    // What a name without a kind is for a method: it cannot be a pod.
    private static final Map<String, String> KINDS = Map.of("docker", "docker", "netns", "netns");

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
        String kind = typed.text().indexOf('/') < 0 ? KINDS.get(typed.method()) : null;
        Target target = Target.parse(kind == null ? typed.text() : kind + "/" + typed.text(), "");
        boolean ours =
                auto().methods().stream().anyMatch(method -> method.resolver().understands(target));
        return ours ? Optional.of(target) : Optional.empty();
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
            default -> throw new IllegalArgumentException(name);
        };
    }
}
