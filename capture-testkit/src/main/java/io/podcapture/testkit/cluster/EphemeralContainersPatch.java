package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A strategic merge patch of a pod's ephemeral containers, checked as an API server checks it. */
final class EphemeralContainersPatch {
    private static final String LIST = "ephemeralContainers";

    private final ApiPath path;
    private final Map<String, Object> patch;

    /**
     * Makes it.
     *
     * @param path of the subresource
     */
    EphemeralContainersPatch(ApiPath path, Map<String, Object> patch) {
        this.path = path;
        this.patch = patch;
    }

    /** Returns what a pod becomes: with the containers that it has, then those that are new. */
    Map<String, Object> to(Map<String, Object> pod) throws ApiStatus.Refusal {
        Preconditions.require(path, pod, patch);
        Map<String, Object> changed = Json.copy(pod);
        List<Map<String, Object>> all = Json.list(Json.within(changed, "spec"), LIST);
        for (Map<String, Object> wanted : Fields.items(patch, "spec", LIST)) {
            Optional<Map<String, Object>> there = named(all, wanted);
            if (there.isPresent()) {
                requireUnchanged(there.get(), wanted);
            } else {
                requireFree(changed, all.size(), wanted);
                Map<String, Object> added = Json.copy(wanted);
                PodDefaults.fillContainer(added);
                all.add(added);
            }
        }
        return changed;
    }

    /** Returns the ephemeral containers of a pod that it did not have before. */
    static List<Map<String, Object>> added(Map<String, Object> before, Map<String, Object> after) {
        List<Map<String, Object>> added = new ArrayList<>(Fields.items(after, "spec", LIST));
        added.removeAll(Fields.items(before, "spec", LIST));
        return added;
    }

    private void requireUnchanged(Map<String, Object> there, Map<String, Object> wanted) throws ApiStatus.Refusal {
        Map<String, Object> merged = Json.copy(there);
        merged.putAll(Json.copy(wanted));
        if (!merged.equals(there)) {
            throw invalid("spec.ephemeralContainers: Forbidden: existing ephemeral containers \"" + name(there)
                    + "\" may not be changed");
        }
    }

    private void requireFree(Map<String, Object> pod, int index, Map<String, Object> wanted) throws ApiStatus.Refusal {
        boolean taken = Stream.of("containers", "initContainers")
                .anyMatch(kind -> named(Fields.items(pod, "spec", kind), wanted).isPresent());
        if (taken) {
            throw invalid("spec.ephemeralContainers[" + index + "].name: Duplicate value: \"" + name(wanted) + "\"");
        }
    }

    private ApiStatus.Refusal invalid(String words) {
        return new ApiStatus.Refusal(422, "Pod \"" + path.name() + "\" is invalid: " + words);
    }

    private static Optional<Map<String, Object>> named(List<Map<String, Object>> all, Map<String, Object> container) {
        return all.stream().filter(each -> name(each).equals(name(container))).findFirst();
    }

    private static String name(Map<String, Object> container) {
        return Json.text(container, "name");
    }
}
