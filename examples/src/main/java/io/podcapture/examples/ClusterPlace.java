package io.podcapture.examples;

import io.podcapture.MethodChoice;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.fabric8.KubernetesMethods;
import java.util.List;
import java.util.Optional;

/** A cluster; its client is made when the first of its targets is named. */
final class ClusterPlace implements Place {
    static final List<String> NAMES = List.of("exec", "ephemeral", "node", "pod", "sidecar", "upload");

    private final ClusterSettings settings;
    private final ClientOnDemand client;
    private final Optional<String> image;
    private Optional<KubernetesMethods> methods = Optional.empty();

    ClusterPlace(ClusterSettings settings, ClientOnDemand client, Optional<String> image) {
        this.settings = settings;
        this.client = client;
        this.image = image;
    }

    /** Returns what was typed in any case: kinds that are not known here are refused by the session. */
    @Override
    public Optional<Target> target(NamedTargets.Named typed) {
        String scope = settings.namespace(client);
        return Optional.of(typed.labels() ? Targets.pods(scope, typed.text()) : Target.parse(typed.text(), scope));
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public MethodChoice auto() {
        return methods().auto();
    }

    @Override
    public MethodChoice method(String name) {
        return switch (name) {
            case "exec" -> methods().exec();
            case "ephemeral" -> methods().ephemeral();
            case "node" -> methods().node();
            case "pod" -> methods().pod();
            case "sidecar" -> methods().sidecar();
            case "upload" -> settings.requireTcpdump(methods()).upload();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private KubernetesMethods methods() {
        if (methods.isEmpty()) {
            methods = Optional.of(settings.methods(client, image));
        }
        return methods.get();
    }
}
